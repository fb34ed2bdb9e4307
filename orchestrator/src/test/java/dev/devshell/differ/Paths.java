package dev.devshell.differ;

/** Relative paths as text. */
final class Paths {
    private Paths() {}

    /** Returns the path of another name in the same directory. */
    static String sibling(String path, String name) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? name : path.substring(0, slash + 1) + name;
    }

    static String join(String directory, String name) {
        return directory.isEmpty() ? name : directory + "/" + name;
    }
}
