package dev.devshell.dockerfile;

import dev.devshell.dockerfile.SourceTree.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Which directories stand in the image at this point of the build, as far as its instructions tell. */
final class KnownDirectories {
    private ImageDirectories image;
    private final Function<String, VisibleTree> trees;
    private final Set<String> made = new HashSet<>(Set.of("/"));
    private final List<Mapping> copied = new ArrayList<>();

    KnownDirectories(ImageDirectories image, Function<String, VisibleTree> trees) {
        this.image = image;
        this.trees = trees;
    }

    /** Notes that the image began empty: then it has nothing by custom. */
    void fromScratch() {
        if (image == ImageDirectories.CUSTOMARY) {
            image = path -> false;
        }
    }

    boolean contains(String path) {
        return made.contains(path) || image.isDirectory(path) || copied.stream().anyMatch(it -> brought(it, path));
    }

    /** Notes a directory, and those above it. */
    void make(String path) {
        for (String at = path; made.add(at); at = UnixPaths.parent(at)) {}
    }

    void copied(Mapping mapping) {
        make(mapping.directory() ? mapping.target() : UnixPaths.parent(mapping.target()));
        if (mapping.directory()) {
            copied.add(mapping);
        }
    }

    private boolean brought(Mapping mapping, String path) {
        return mapping.sourceOf(path)
                .filter(source -> trees.apply(mapping.context()).kind(source) == Kind.DIRECTORY)
                .filter(source -> mapping.rules().stream()
                        .noneMatch(
                                rules -> rules.matcher().verdict(source, true).ignored()))
                .isPresent();
    }
}
