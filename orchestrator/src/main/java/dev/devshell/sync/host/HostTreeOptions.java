package dev.devshell.sync.host;

import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * How a tree is to be opened.
 *
 * @param root the directory; its own path may hold symbolic links
 * @param ignored what does not exist for the sync
 * @param protects paths that are watched but never written
 * @param stateDirectory a private directory of this tree, outside of it or ignored; created when missing
 * @param keeper takes what writes replace
 */
public record HostTreeOptions(
        Path root, Ignored ignored, Predicate<String> protects, Path stateDirectory, Keeper keeper) {
    public HostTreeOptions {
        root = root.toAbsolutePath().normalize();
        stateDirectory = stateDirectory.toAbsolutePath().normalize();
    }
}
