package dev.devshell.sync.wire;

import dev.devshell.sync.core.Node;

/**
 * What stands at a path of the container.
 *
 * @param path absolute and clean
 * @param mode the permission bits (07777) of a file or directory, else 0
 * @param size of a file, in bytes, else 0
 * @param mtimeNanos of a file, in nanoseconds since 1970, else 0
 */
public record Entry(String path, Node node, int mode, long size, long mtimeNanos) {
    public Entry {
        Limits.path(path);
        Limits.atMost("a mode", mode, Limits.MODE);
        Limits.atMost("a size", size, Long.MAX_VALUE);
        if (node instanceof Node.Link link) {
            Limits.linkTarget(link.target());
        }
        boolean file = node instanceof Node.File;
        if (!file && (size != 0 || mtimeNanos != 0)) {
            throw new IllegalArgumentException("only a file has a size and a time: " + path);
        }
        if (!file && !(node instanceof Node.Directory) && mode != 0) {
            throw new IllegalArgumentException("only a file or a directory has a mode: " + path);
        }
        if (node instanceof Node.File regular && regular.executable() != ((mode & 0111) != 0)) {
            throw new IllegalArgumentException("the executable bit and the mode disagree: " + path);
        }
    }

    /** Returns whether something may stand at a clean path: neither it nor a name in it is longer than paths and names can be. */
    public static boolean canStandAt(String path) {
        return Limits.fits(path);
    }

    public static Entry absent(String path) {
        return new Entry(path, Node.absent(), 0, 0, 0);
    }

    public static Entry directory(String path, int mode) {
        return new Entry(path, Node.directory(), mode, 0, 0);
    }

    public static Entry link(String path, String target) {
        return new Entry(path, new Node.Link(target), 0, 0, 0);
    }
}
