package dev.devshell.dockerfile;

import dev.devshell.ignore.IgnoreRules;
import java.util.Objects;

/** A local directory that a build copies from, and its {@code .dockerignore}. */
public record BuildContext(SourceTree tree, IgnoreRules ignored) {
    public BuildContext {
        Objects.requireNonNull(tree, "tree");
        Objects.requireNonNull(ignored, "ignored");
    }
}
