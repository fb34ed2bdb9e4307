package dev.devshell;

import java.nio.file.Path;
import java.util.List;

/**
 * How the sync of a project stands at one moment.
 *
 * @param paused whether {@link Sync#pause()} is in force
 * @param notices what stands until somebody deals with it
 * @param watches what watching the host costs
 */
public record SyncStatus(
        boolean paused, List<Replica> replicas, List<Problem> problems, List<Notice> notices, Watches watches) {
    public SyncStatus {
        replicas = List.copyOf(replicas);
        problems = List.copyOf(problems);
        notices = List.copyOf(notices);
    }

    /** Returns whether every replica has caught up and nothing waits. */
    public boolean settled() {
        return replicas.stream().allMatch(r -> r.state() == State.READY && r.waiting() == 0);
    }

    /** Where a replica is in its life. */
    public enum State {
        /** The agent is being put in place. */
        CONNECTING,
        /** Both sides are being looked at and evened out. */
        CATCHING_UP,
        /** It has caught up; edits travel as they happen. */
        READY,
        /** The stream to the agent is gone; it is being opened again. */
        RECONNECTING,
        /** It cannot be synced; {@code detail} says why. */
        FAILED
    }

    /**
     * One container of a service.
     *
     * @param files paths that both sides agree on
     * @param waiting how many paths are on their way, in either direction
     * @param conflicts paths that wait for a decision
     * @param waits some of the paths that wait, at most 20, and what for
     * @param errors what went wrong last, at most 10, the newest first
     * @param detail what a person should know; may be empty
     */
    public record Replica(
            String service,
            int number,
            String containerId,
            State state,
            long files,
            int waiting,
            int conflicts,
            Flow toContainer,
            Flow toHost,
            List<Waiting> waits,
            List<Failure> errors,
            String detail) {
        public Replica {
            waits = List.copyOf(waits);
            errors = List.copyOf(errors);
        }
    }

    /**
     * What went one way since the session began.
     *
     * @param edits how many were applied
     * @param bytes what crossed the stream that way, whatever it was for
     * @param bytesPerSecond the same over the last 10 seconds
     * @param edit from the event to the acknowledgement
     * @param decide the first part of that: from the event until the write was asked for
     * @param write the rest: until it was acknowledged
     */
    public record Flow(long edits, long bytes, long bytesPerSecond, Timing edit, Timing decide, Timing write) {}

    /** Of the last 100 edits, in ms; 0 with none. */
    public record Timing(double p50Millis, double p95Millis) {}

    /** A path that is on its way, and what it waits for. */
    public record Waiting(Path path, String why) {}

    /** Something that went wrong; {@code when} is ISO 8601. */
    public record Failure(String when, String message) {}

    /**
     * How much of the system's budget of watches the host's directories take.
     *
     * @param used directories that are watched
     * @param limit how many a user may watch in all; 0 where the system does not say
     * @param polled directories that are polled because there was no watch left
     */
    public record Watches(long used, long limit, long polled) {}

    /** A path that is left alone, and why; its neighbours go on. */
    public record Problem(String service, Path path, String message) {}
}
