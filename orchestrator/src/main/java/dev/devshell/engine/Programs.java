package dev.devshell.engine;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds programs by an environment's {@code PATH}, which need not be this process's. */
record Programs(Map<String, String> env) {
    Optional<Path> find(String name) {
        String own = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(env.getOrDefault("PATH", own).split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
