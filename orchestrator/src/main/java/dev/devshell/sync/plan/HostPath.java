package dev.devshell.sync.plan;

import java.nio.file.Path;

/**
 * A path of the host, in the tree of a build context.
 *
 * @param context the context's directory, absolute
 * @param path relative to it, separated by {@code /}; {@code ""} is the context itself
 */
public record HostPath(Path context, String path) {
    public HostPath {
        if (!context.isAbsolute() || path.startsWith("/") || path.endsWith("/")) {
            throw new IllegalArgumentException(
                    "a host path is relative to an absolute context, but was: " + context + " " + path);
        }
    }

    /** Returns whether this path is strictly below the other one. */
    public boolean isBelow(HostPath other) {
        return context.equals(other.context)
                && !path.equals(other.path)
                && Paths.belowRelative(other.path, path) != null;
    }

    public Path toPath() {
        return context.resolve(path);
    }
}
