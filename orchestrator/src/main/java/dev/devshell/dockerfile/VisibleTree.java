package dev.devshell.dockerfile;

import dev.devshell.dockerfile.SourceTree.Kind;
import dev.devshell.ignore.IgnoreMatcher;
import dev.devshell.ignore.Verdict;
import java.util.List;
import java.util.Optional;

/** A context as the build sees it: without what its {@code .dockerignore} keeps out. */
final class VisibleTree {
    private final SourceTree tree;
    private final IgnoreMatcher ignored;

    VisibleTree(BuildContext context) {
        tree = context.tree();
        ignored = context.ignored().matcher();
    }

    Kind kind(String path) {
        Kind kind = tree.kind(path);
        if (kind == Kind.ABSENT || path.isEmpty()) {
            return kind;
        }
        boolean directory = kind == Kind.DIRECTORY;
        Verdict verdict = ignored.verdict(path, directory);
        boolean visible =
                !verdict.ignored() || (verdict.descend() && !children(path).isEmpty());
        return visible ? kind : Kind.ABSENT;
    }

    /** Sorted, as the build walks them. */
    List<String> children(String directory) {
        return tree.children(directory).stream()
                .filter(name -> kind(UnixPaths.join(directory, name)) != Kind.ABSENT)
                .sorted()
                .toList();
    }

    /** Follows links; empty where nothing visible stands at their end. */
    Optional<String> resolve(String path) {
        return tree.resolve(path).filter(it -> kind(it) != Kind.ABSENT);
    }

    boolean isArchive(String file) {
        return tree.isArchive(file);
    }
}
