package dev.devshell.watch.compile;

import dev.devshell.watch.build.SourceSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A directory of sources, and the compiler on it. */
final class Sources {
    private final Path root;
    final SourceSet set;

    Sources(Path root, Path... classPath) {
        this.root = root.resolve("src");
        this.set = new SourceSet(
                List.of(this.root),
                List.of(root.resolve("resources")),
                root.resolve("classes"),
                List.of(classPath),
                List.of("-g", "--release", "17"),
                "");
    }

    Path write(String file, String text) {
        try {
            Path path = root.resolve(file);
            Files.createDirectories(path.getParent());
            return Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path delete(String file) {
        try {
            Path path = root.resolve(file);
            Files.delete(path);
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
