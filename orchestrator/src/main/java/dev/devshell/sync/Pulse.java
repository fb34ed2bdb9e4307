package dev.devshell.sync;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells whether the agent at the other end of a stream still lives, and when it has to be told that devshell does.
 *
 * <p>While there is work, an agent is heard every few seconds, so ten of silence after something was said to it are the end. While there is none, nobody has to
 * know within seconds: the thread that sends wakes up for each heartbeat, looks whether the last ones were answered, and no timer runs.
 */
final class Pulse {
    /** How long an agent goes on that hears nothing: two heartbeats may be lost. */
    static final int LEASE_MILLIS = 30_000;

    private static final long LEASE_NANOS = TimeUnit.MILLISECONDS.toNanos(LEASE_MILLIS);
    private static final long BEAT_NANOS = LEASE_NANOS / 3;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Runnable onSilence;
    private final AtomicBoolean guarded = new AtomicBoolean();
    private volatile long heard = System.nanoTime();
    private volatile long said = heard;
    /** When the first thing was said that nothing was heard after, as long as that is later than {@link #heard}. */
    private volatile long awaiting = heard;

    private volatile boolean unread;
    private volatile boolean over;

    /**
     * Makes a pulse.
     *
     * @param onSilence runs, perhaps more than once, when the agent was silent for too long
     */
    Pulse(Runnable onSilence) {
        this.onSilence = onSilence;
    }

    /** Something came in. */
    void hears() {
        heard = System.nanoTime();
    }

    /** Nothing can be heard for a while, or again: it is the session that is slow, not the agent. */
    void isDeaf(boolean deaf) {
        hears();
        unread = deaf;
    }

    /** Something is about to be written that the agent has to act on; on the sending thread. */
    void says() {
        said = System.nanoTime();
        if (!isAwaiting()) {
            awaiting = said;
        }
        guardOnce();
    }

    /** A heartbeat is about to be written, and nothing else; on the sending thread. */
    void beats() {
        said = System.nanoTime();
        if (silence(heard) > LEASE_NANOS) {
            onSilence.run();
        }
    }

    /** Returns after how many nanoseconds a heartbeat is due. */
    long untilBeat() {
        return said + BEAT_NANOS - System.nanoTime();
    }

    private boolean isAwaiting() {
        return awaiting - heard > 0;
    }

    private long silence(long since) {
        return unread ? 0 : System.nanoTime() - since;
    }

    /** Sees to it that an answer that is overdue is noticed: not by the sending thread, for that may be writing what nobody reads. */
    private void guardOnce() {
        if (guarded.compareAndSet(false, true)) {
            guardAfter(PATIENCE_NANOS);
        }
    }

    private void guardAfter(long nanos) {
        CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, Runnable::run)
                .execute(this::guard);
    }

    private void guard() {
        long silence = silence(awaiting);
        if (over) {
            return;
        }
        if (!isAwaiting()) {
            guarded.set(false);
            if (isAwaiting()) {
                guardOnce();
            }
        } else if (silence < PATIENCE_NANOS) {
            guardAfter(PATIENCE_NANOS - silence);
        } else {
            onSilence.run();
        }
    }

    /** The stream is over: nobody is to be told of silence any more. */
    void end() {
        over = true;
    }
}
