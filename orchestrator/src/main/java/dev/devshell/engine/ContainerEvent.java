package dev.devshell.engine;

import java.time.Instant;
import java.util.OptionalInt;

/** Something that a follower of a project's containers must know. */
public sealed interface ContainerEvent {
    /** The stream is up, for the first time or again: what happened before is unknown, list the containers. */
    record Resync() implements ContainerEvent {}

    /** The stream broke; {@link Resync} follows once the engine answers again. */
    record Lost(String why) implements ContainerEvent {}

    /**
     * Something happened to one container.
     *
     * @param exitCode of {@code DIE}
     * @param health of {@code HEALTH}, else {@code NONE}
     */
    record Happened(
            Kind kind,
            String containerId,
            String service,
            int number,
            boolean oneOff,
            OptionalInt exitCode,
            Health health,
            Instant when)
            implements ContainerEvent {}

    /** What can happen to a container. */
    enum Kind {
        CREATE,
        START,
        /** Its first process ended. */
        DIE,
        /** A stop that was asked for is complete; {@link #DIE} comes just before or after. */
        STOP,
        /** A signal was sent. */
        KILL,
        OOM,
        PAUSE,
        UNPAUSE,
        /** It was removed. */
        DESTROY,
        HEALTH,
        RENAME
    }
}
