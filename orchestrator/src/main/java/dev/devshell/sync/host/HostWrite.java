package dev.devshell.sync.host;

import dev.devshell.sync.core.Node;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a path to be changed, provided that what the decision was made on is still there.
 *
 * @param path relative to the root, separated by {@code /}; missing parents are created
 * @param expected what must stand there
 * @param target what is to stand there; absent deletes
 * @param mode permission bits of a new path, narrowed by the umask; 0 leaves it to the umask alone. What is replaced
 *     keeps its own bits; the executable bit is the target's in any case
 * @param mtimeNanos modification time of the file, later than the replaced file's; 0 leaves it to the clock
 * @param label handed to the {@link Keeper} with what is replaced
 */
public record HostWrite(
        String path,
        Node expected,
        Node target,
        HostContent content,
        int mode,
        long mtimeNanos,
        @Nullable Object label) {
    /** A deletion. */
    public static HostWrite delete(String path, Node expected, @Nullable Object label) {
        return new HostWrite(path, expected, Node.absent(), HostContent.none(), 0, 0, label);
    }
}
