package dev.devshell.sync;

import dev.devshell.sync.plan.HostPath;
import dev.devshell.sync.wire.Entry;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A version that the agent replaced or deleted and still holds, until it is in the history.
 *
 * @param host the host path it belongs to
 * @param entry what it was
 * @param bytes its content where that came inline
 * @param file its content where that came in slices
 * @param conflict whether it is a change that lost
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Displacement(
        HostPath host,
        Entry entry,
        byte @Nullable [] bytes,
        @Nullable Path file,
        boolean deleted,
        boolean conflict) {
    /** Returns the same with its content in a file. */
    Displacement in(Path content) {
        return new Displacement(host, entry, null, content, deleted, conflict);
    }
}
