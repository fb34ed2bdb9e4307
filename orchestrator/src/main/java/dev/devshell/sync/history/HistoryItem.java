package dev.devshell.sync.history;

import dev.devshell.sync.core.Node;
import java.time.Instant;
import java.util.Objects;

/**
 * A version that the sync takes out of a place, and how that came about.
 *
 * @param path on the host, relative to the context
 * @param context the build context that the path is in
 * @param service empty when there is none
 * @param containerId empty when there is none
 * @param mode permission bits
 */
public record HistoryItem(
        String path,
        String context,
        Side side,
        String service,
        String containerId,
        Reason reason,
        Node node,
        int mode,
        Instant when) {
    public HistoryItem {
        Objects.requireNonNull(path, "path");
        if (node instanceof Node.Absent) {
            throw new IllegalArgumentException("a version is something, but was: absent: " + path);
        }
    }

    HistoryItem withNode(Node other) {
        return new HistoryItem(path, context, side, service, containerId, reason, other, mode, when);
    }

    /** Where the version stood. */
    public enum Side {
        HOST,
        CONTAINER
    }

    /** Why the version had to go. */
    public enum Reason {
        REPLACED,
        DELETED,
        /** It lost a conflict, or slipped in while another version was being put there. */
        CONFLICT,
        /** It was replaced by an older version that was asked for. */
        UNDONE
    }
}
