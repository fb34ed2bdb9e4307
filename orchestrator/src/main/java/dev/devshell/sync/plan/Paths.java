package dev.devshell.sync.plan;

import org.jspecify.annotations.Nullable;

/** Arithmetic on paths that are text, separated by {@code /}. */
final class Paths {
    private Paths() {}

    /** Returns what is left of the absolute {@code path} under {@code root}, {@code ""} for the root itself, null outside. */
    static @Nullable String below(String root, String path) {
        if (root.equals("/")) {
            return path.substring(1);
        }
        return belowRelative(root, path);
    }

    /** The same for two relative paths, where {@code ""} is above everything. */
    static @Nullable String belowRelative(String root, String path) {
        if (root.isEmpty() || path.equals(root)) {
            return path.substring(root.length());
        }
        return path.length() > root.length() && path.charAt(root.length()) == '/' && path.startsWith(root)
                ? path.substring(root.length() + 1)
                : null;
    }

    static String join(String root, String below) {
        if (below.isEmpty()) {
            return root;
        }
        return root.isEmpty() || root.endsWith("/") ? root + below : root + "/" + below;
    }
}
