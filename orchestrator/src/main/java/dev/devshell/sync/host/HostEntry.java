package dev.devshell.sync.host;

import dev.devshell.sync.core.Node;

/**
 * What stands at a path of the host.
 *
 * @param node what the sync compares
 * @param mode permission bits (07777), as far as the file system has them
 * @param size in bytes; 0 for what is not a file
 * @param mtimeNanos modification time in nanoseconds since 1970
 */
public record HostEntry(Node node, int mode, long size, long mtimeNanos) {
    /** Nothing is there. */
    public static final HostEntry ABSENT = new HostEntry(Node.absent(), 0, 0, 0);
}
