package dev.devshell.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds what dead sessions left behind. */
public final class Leftovers {
    private Leftovers() {}

    /** Returns the sockets below a runtime directory that nobody listens on. */
    public static List<Path> deadSockets(Path runtimeRoot) {
        if (!Files.isDirectory(runtimeRoot)) {
            return List.of();
        }
        try (Stream<Path> places = Files.list(runtimeRoot)) {
            return places.map(place -> place.resolve("sock"))
                    .filter(Files::exists)
                    .filter(socket -> !new ControlClient(socket).isAlive())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("looking for sockets in " + runtimeRoot, e);
        }
    }
}
