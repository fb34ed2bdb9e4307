package dev.devshell.engine;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a container is in its life.
 *
 * @param exitCode of its last end; 0 before the first
 * @param pid of its first process as the engine's machine sees it; 0 when it does not run
 * @param startedAt its last start; empty before the first
 * @param healthOutput what the last health check printed; may be empty
 */
public record RunState(
        Status status,
        Health health,
        String healthOutput,
        int exitCode,
        boolean oomKilled,
        int pid,
        Optional<Instant> startedAt,
        int restartCount) {

    /** The engine's word for it. */
    public enum Status {
        CREATED,
        RUNNING,
        PAUSED,
        RESTARTING,
        REMOVING,
        EXITED,
        DEAD;

        static Status of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }
}
