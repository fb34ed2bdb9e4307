package dev.devshell.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A place for a Unix socket that only this user can reach: a directory of its own (0700) in the system's temporary one. */
record PrivateSocket(Path directory) {
    private static final Logger LOG = LoggerFactory.getLogger(PrivateSocket.class);
    private static final String NAME = "devshell-engine-";

    static PrivateSocket create() throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
        sweep(temporary);
        return new PrivateSocket(Files.createTempDirectory(
                temporary, NAME + ProcessHandle.current().pid() + "-"));
    }

    Path path() {
        return directory.resolve("socket");
    }

    void remove() {
        try {
            Files.deleteIfExists(path());
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            LOG.debug("{} stays: {}", directory, Refusals.reason(e));
        }
    }

    /** A process that was killed could not take its own away. */
    private static void sweep(Path temporary) throws IOException {
        try (Stream<Path> entries = Files.list(temporary)) {
            List<Path> left = entries.filter(PrivateSocket::isLeft).toList();
            left.forEach(directory -> new PrivateSocket(directory).remove());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isLeft(Path directory) {
        String name = directory.getFileName().toString();
        String pid = name.startsWith(NAME) ? name.substring(NAME.length()).replaceFirst("-.*", "") : "";
        return pid.matches("\\d{1,10}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty();
    }
}
