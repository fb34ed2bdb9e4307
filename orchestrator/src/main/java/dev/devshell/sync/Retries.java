package dev.devshell.sync;

import java.util.concurrent.TimeUnit;

/**
 * When what failed for a passing reason is tried again: soon at first, for most reasons pass at once, then ever less often. The session's loop owns it.
 */
final class Retries {
    static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(2);

    private long delay = FIRST_NANOS;
    private long since;
    private boolean counting;

    /** Returns whether it is time to try again. */
    boolean areDue(boolean wanted, long now) {
        if (due(wanted, now) > 0) {
            return false;
        }
        counting = false;
        since = now;
        delay = Math.min(2 * delay, LONGEST_NANOS);
        return true;
    }

    /** Returns after how many nanoseconds it is time; {@link Mailbox.Rest#NEVER} while nothing is to be tried again. */
    long due(boolean wanted, long now) {
        if (!wanted) {
            counting = false;
            return Mailbox.Rest.NEVER;
        }
        if (!counting) {
            counting = true;
            if (now - since > 2 * LONGEST_NANOS) {
                delay = FIRST_NANOS;
            }
            since = now;
        }
        return Math.max(0, delay - (now - since));
    }
}
