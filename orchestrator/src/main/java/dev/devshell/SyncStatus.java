package dev.devshell;

import java.nio.file.Path;
import java.util.List;

/**
 * How the sync of a project stands at one moment.
 *
 * @param paused whether {@link Sync#pause()} is in force
 * @param notices what stands until somebody deals with it
 */
public record SyncStatus(boolean paused, List<Replica> replicas, List<Problem> problems, List<Notice> notices) {
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
     * @param waiting paths on their way, in either direction
     * @param conflicts paths that wait for a decision
     * @param toContainer edits applied in the container since the session began
     * @param toHost edits applied on the host since the session began
     * @param p50Millis median time of the last 100 edits from event to acknowledgement, in ms; 0 with none
     * @param p95Millis 95th percentile of the same
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
            long toContainer,
            long toHost,
            double p50Millis,
            double p95Millis,
            String detail) {}

    /** A path that is left alone, and why; its neighbours go on. */
    public record Problem(String service, Path path, String message) {}
}
