package dev.devshell.dockerfile;

import dev.devshell.dockerfile.SourceTree.Kind;
import java.util.ArrayList;
import java.util.List;

/** Finds what a source pattern of {@code COPY} means in a context. */
final class Globs {
    private final VisibleTree tree;
    private final List<String> found = new ArrayList<>();

    private Globs(VisibleTree tree) {
        this.tree = tree;
    }

    /** Returns the paths that match, sorted; a source without wildcards is returned whether anything stands there or not. */
    static List<String> find(VisibleTree tree, String source) {
        List<String> components = List.of(source.split("/", -1));
        int plain = 0;
        while (plain < components.size() && !GoMatch.hasWildcard(components.get(plain))) {
            plain++;
        }
        if (plain == components.size()) {
            return List.of(source);
        }
        Globs globs = new Globs(tree);
        String base = String.join("/", components.subList(0, plain));
        String followed = tree.resolve(base).orElse(base);
        globs.walk(followed, components.subList(plain, components.size()));
        return globs.found;
    }

    private void walk(String directory, List<String> patterns) {
        for (String name : tree.children(directory)) {
            if (GoMatch.matches(patterns.get(0), name)) {
                String path = UnixPaths.join(directory, name);
                if (patterns.size() == 1) {
                    found.add(path);
                } else if (tree.kind(path) == Kind.DIRECTORY) {
                    walk(path, patterns.subList(1, patterns.size()));
                }
            }
        }
    }
}
