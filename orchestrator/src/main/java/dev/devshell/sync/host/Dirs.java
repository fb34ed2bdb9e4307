package dev.devshell.sync.host;

import java.io.IOException;

/**
 * Opens directories below a root, name by name, so that a link on the way is an error.
 *
 * <p>The root itself is opened by its path each time: held open, Linux would not tell of its deletion.
 */
final class Dirs {
    private Dirs() {}

    /** Opens the root. */
    @FunctionalInterface
    interface Root {
        Dir open() throws IOException;
    }

    static Dir open(Root root, String path) throws IOException {
        Dir dir = root.open();
        int start = 0;
        while (start < path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            try (Dir outer = dir) {
                dir = outer.open(path.substring(start, end));
            }
            start = end + 1;
        }
        return dir;
    }

    /** Whether a directory cannot be opened because it is not, or not any more, there. */
    static boolean vanished(DiskException e) {
        return switch (e.kind()) {
            case ABSENT, NOT_DIRECTORY, LINK -> true;
            case EXISTS, NOT_EMPTY, DENIED, READ_ONLY, NO_SPACE, NAME, UNSUPPORTED, CROSS_DEVICE, LIMIT, IO -> false;
        };
    }
}
