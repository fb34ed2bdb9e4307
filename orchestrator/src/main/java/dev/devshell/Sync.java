package dev.devshell;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Watches and steers the sync of one project; {@code docs/sync.md} numbers what it promises.
 *
 * <p>Host paths are absolute. Every method may be called from any thread.
 */
public interface Sync {
    /** Returns how things stand now, without waiting for anything. */
    SyncStatus status();

    /**
     * Waits until everything that was written on any side before this call is applied everywhere (rule 8).
     *
     * @throws DevshellException.Failed {@code SYNC-BEHIND} at the deadline, naming the paths still behind; {@code DELETIONS-HELD} where deletions wait for
     *     {@link #release()} or {@link #restore()}
     */
    void flush(Duration timeout);

    /** Stops carrying changes in both directions; both sides go on being watched. */
    void pause();

    /** Goes on after {@link #pause()} with everything that changed meanwhile. */
    void resume();

    /**
     * Lets the deletions that are held go: what containers deleted in bulk is deleted on the host too, and is in the history.
     *
     * @return what was held
     * @throws DevshellException.Usage {@code NOTHING-HELD} when nothing is
     */
    List<Notice> release();

    /**
     * Refuses the deletions that are held: the host's files are sent back to the containers that deleted them.
     *
     * @return what was held
     * @throws DevshellException.Usage {@code NOTHING-HELD} when nothing is
     */
    List<Notice> restore();

    /** Returns the paths that wait for a decision under the policy {@code manual}. */
    List<Conflict> conflicts();

    /**
     * Decides a conflict; what is not kept goes to the history.
     *
     * @throws DevshellException.Usage {@code NO-CONFLICT} when the path has none
     */
    void resolve(Path path, Keep keep);

    /** Tells the story of one path: where it maps to, what each side has, and why it is or is not synced. */
    Explanation explain(Path path);

    /** Returns what was replaced or deleted, newest first; only of {@code path} when it is given. */
    List<Version> history(Optional<Path> path, int limit);

    /**
     * Brings a replaced or deleted version back on the host, as an edit like any other; without an id, the newest one.
     *
     * @throws DevshellException.Usage {@code NO-VERSION} when there is none
     */
    Version undo(Optional<String> id);

    /**
     * Brings every path of the host back to what it held so long ago, as far as the sync has changed it since; what you
     * edited yourself stays.
     *
     * @return the versions that were brought back; empty where there is nothing to undo
     */
    List<Version> undo(Duration since);

    /** Which version a resolved conflict keeps in place. */
    enum Keep {
        HOST,
        CONTAINER,
        BOTH
    }

    /**
     * A path that both sides changed differently.
     *
     * @param number of the replica
     * @param host what stands on the host, in words
     * @param container what stands in the container, in words
     */
    record Conflict(Path path, String service, int number, String containerPath, String host, String container) {}

    /**
     * A version in the history.
     *
     * @param id names it for {@link #undo}
     * @param side where it stood: {@code host} or {@code container}
     * @param reason {@code replaced}, {@code deleted}, {@code conflict} or {@code undone}
     * @param kind {@code file}, {@code link} or {@code directory}
     * @param size in bytes; 0 for what is not a file
     * @param when ISO-8601 instant
     */
    record Version(
            String id, Path path, String side, String service, String reason, String kind, long size, String when) {}

    /** The story of one path, as lines of a name and a value in the order to be shown. */
    record Explanation(Path path, List<Fact> facts) {
        public Explanation {
            facts = List.copyOf(facts);
        }

        /** One thing that is known of the path. */
        public record Fact(String name, String value) {}
    }
}
