package dev.devshell.dockerfile;

import java.util.ArrayDeque;
import java.util.Deque;

/** Arithmetic on {@code /}-separated paths, as Go's {@code path} does it. */
final class UnixPaths {
    private UnixPaths() {}

    /** The shortest absolute equivalent, seen from {@code /}: {@code ..} stops there. */
    static String absolute(String path) {
        Deque<String> kept = new ArrayDeque<>();
        for (String segment : path.split("/", -1)) {
            if (segment.equals("..")) {
                kept.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                kept.addLast(segment);
            }
        }
        return "/" + String.join("/", kept);
    }

    /** The same without the leading {@code /}; {@code ""} for the root. */
    static String relative(String path) {
        return absolute(path).substring(1);
    }

    static String join(String directory, String path) {
        if (path.isEmpty()) {
            return directory;
        }
        return directory.isEmpty() || directory.endsWith("/") ? directory + path : directory + "/" + path;
    }

    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The directory above; {@code ""} of a single name, {@code /} of what stands in the root. */
    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash == 0 ? "/" : path.substring(0, Math.max(slash, 0));
    }
}
