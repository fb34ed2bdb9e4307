package dev.devshell.testcontainers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A directory for what a static {@code @Container} needs before there is a {@code @TempDir}; outlives the container. */
final class TestDirectory implements BeforeAllCallback {
    static final Path PATH = make();

    private static Path make() {
        try {
            return Files.createTempDirectory("devshell-tc");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is put into the store first is closed last. */
    @Override
    public void beforeAll(ExtensionContext context) {
        context.getStore(ExtensionContext.Namespace.create(TestDirectory.class))
                .put("directory", (AutoCloseable) TestDirectory::delete);
    }

    private static void delete() throws IOException {
        try (Stream<Path> all = Files.walk(PATH)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
