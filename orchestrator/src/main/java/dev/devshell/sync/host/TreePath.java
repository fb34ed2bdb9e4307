package dev.devshell.sync.host;

import java.nio.charset.StandardCharsets;

/** Paths relative to the root of a tree: names separated by {@code /}; the root itself is the empty string. */
final class TreePath {
    private static final int NAME_BYTES = 255;

    private TreePath() {}

    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    static String child(String parent, String name) {
        return parent.isEmpty() ? name : parent + '/' + name;
    }

    /** Whether every name in the path is one that a directory can hold. */
    static boolean valid(String path) {
        for (String name : path.split("/", -1)) {
            if (name.isEmpty() || name.equals(".") || name.equals("..") || !holdable(name)) {
                return false;
            }
        }
        return true;
    }

    private static boolean holdable(String name) {
        return name.indexOf('\0') < 0
                && (name.length() * 3 <= NAME_BYTES || name.getBytes(StandardCharsets.UTF_8).length <= NAME_BYTES)
                && StandardCharsets.UTF_8.newEncoder().canEncode(name);
    }
}
