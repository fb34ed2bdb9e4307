package dev.devshell.ignore;

import java.util.Objects;

/**
 * A file in gitignore syntax and where it lies.
 *
 * @param base directory of the file relative to the root, {@code ""} for the root itself, otherwise without a {@code /} at
 *     either end
 */
public record GitIgnoreFile(String base, String text) {
    public GitIgnoreFile {
        Objects.requireNonNull(text, "text");
        if (base.startsWith("/") || base.endsWith("/")) {
            throw new IllegalArgumentException("base must have no / at either end, but was: " + base);
        }
    }

    int depth() {
        return base.isEmpty() ? 0 : 1 + (int) base.chars().filter(c -> c == '/').count();
    }
}
