package dev.devshell.dockerfile;

import java.util.List;
import java.util.Optional;

/** The files of one build context. Paths are relative to its root, {@code /}-separated and clean; {@code ""} is the root. */
public interface SourceTree {
    /** Returns what stands at the path itself; a symbolic link is not followed. */
    Kind kind(String path);

    /** Returns the names in a directory, in any order; none when there is no such directory. */
    List<String> children(String directory);

    /**
     * Follows the symbolic links in a path, as if the context's root were {@code /}.
     *
     * @return the path without links, also when nothing stands there; empty when links go in a circle
     */
    Optional<String> resolve(String path);

    /** Tells whether {@code ADD} would unpack this file: a tar archive, compressed or not, by its content. */
    boolean isArchive(String file);

    /** What stands at a path. */
    enum Kind {
        ABSENT,
        FILE,
        DIRECTORY,
        LINK,
        /** A socket, a device, a pipe. */
        OTHER
    }
}
