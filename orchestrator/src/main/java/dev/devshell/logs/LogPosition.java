package dev.devshell.logs;

import dev.devshell.engine.LogRange;
import dev.devshell.engine.LoggedLine;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How far the log of one container was read. An engine gives what was written since an instant, that instant included, so of the lines of the
 * last instant as many are passed over as were seen.
 *
 * <p>For one thread at a time.
 */
final class LogPosition {
    private @Nullable Instant last;
    private int sameInstant;
    private int toPass;

    /** Returns what to ask for so that nothing is missed; {@link #isNew} then tells what was there before. */
    LogRange resume(LogRange first) {
        Instant from = last;
        if (from == null) {
            return first;
        }
        toPass = sameInstant;
        return new LogRange(Optional.of(from), OptionalInt.empty(), first.follow());
    }

    /** Takes the next line; returns whether it is one that was not seen before. */
    boolean isNew(LoggedLine line) {
        Instant before = last;
        int order = before == null ? 1 : line.time().compareTo(before);
        if (toPass > 0 && order < 0) {
            return false;
        }
        if (toPass > 0 && order == 0) {
            toPass--;
            return false;
        }
        toPass = 0;
        // A clock that was set back must not hide what is written from then on.
        sameInstant = order == 0 ? sameInstant + 1 : 1;
        last = line.time();
        return true;
    }
}
