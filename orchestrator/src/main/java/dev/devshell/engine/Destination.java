package dev.devshell.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * A folder in a container, parted into what exists and what must be made.
 *
 * @param existing absolute
 * @param missing relative to {@code existing}, outermost first
 */
record Destination(String existing, List<String> missing) {
    Destination {
        missing = List.copyOf(missing);
    }

    /** Takes the whole path for existing. */
    static Destination of(String directory) {
        if (!directory.startsWith("/")) {
            throw new IllegalArgumentException("a directory in a container is absolute, but was: " + directory);
        }
        String clean = directory.replaceAll("/+", "/").replaceFirst("(.)/$", "$1");
        return new Destination(clean, List.of());
    }

    /** Takes the innermost existing folder for missing. */
    Destination above() {
        int slash = existing.lastIndexOf('/');
        String name = existing.substring(slash + 1);
        List<String> relative = new ArrayList<>(List.of(name));
        missing.forEach(path -> relative.add(name + "/" + path));
        return new Destination(slash == 0 ? "/" : existing.substring(0, slash), relative);
    }

    /** Returns the path of a file in the folder, relative to {@link #existing}. */
    String inside(String fileName) {
        return missing.isEmpty() ? fileName : missing.get(missing.size() - 1) + "/" + fileName;
    }
}
