package dev.devshell.sync.history;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bytes of a version, to be read once, from their start to their end. */
@FunctionalInterface
public interface VersionContent {
    InputStream open() throws IOException;

    /** Of what is not a file. */
    static VersionContent none() {
        return InputStream::nullInputStream;
    }

    static VersionContent of(byte[] bytes) {
        return () -> new ByteArrayInputStream(bytes);
    }

    static VersionContent of(Path file) {
        return () -> Files.newInputStream(file);
    }
}
