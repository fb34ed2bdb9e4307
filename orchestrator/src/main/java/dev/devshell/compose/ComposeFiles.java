package dev.devshell.compose;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the files that Compose reads, by its rules, and so the project's directory: its output names neither.
 *
 * @param directory the project's directory
 */
record ComposeFiles(Path directory, List<Path> files) {
    private static final List<String> NAMES =
            List.of("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml");
    private static final List<String> OVERRIDES = List.of(
            "compose.override.yml",
            "compose.override.yaml",
            "docker-compose.override.yml",
            "docker-compose.override.yaml");

    ComposeFiles {
        files = List.copyOf(files);
    }

    static ComposeFiles find(ComposeOptions options) {
        Path start = options.workingDirectory();
        List<Path> files = options.files().isEmpty() ? fromEnvironment(options) : options.files();
        if (files.isEmpty()) {
            files = search(options.projectDirectory().map(start::resolve).orElse(start));
        }
        List<Path> absolute =
                files.stream().map(file -> start.resolve(file).normalize()).toList();
        Path directory = options.projectDirectory()
                .map(dir -> start.resolve(dir).normalize())
                .orElseGet(() -> absolute.isEmpty() ? start : parent(absolute.get(0), start));
        return new ComposeFiles(directory, absolute);
    }

    private static Path parent(Path file, Path otherwise) {
        Path parent = file.getParent();
        return parent == null ? otherwise : parent;
    }

    private static List<Path> fromEnvironment(ComposeOptions options) {
        String list = options.environment().getOrDefault("COMPOSE_FILE", "");
        if (list.isEmpty()) {
            return List.of();
        }
        String separator = options.environment().getOrDefault("COMPOSE_PATH_SEPARATOR", File.pathSeparator);
        return Arrays.stream(list.split(java.util.regex.Pattern.quote(separator), -1))
                .map(Path::of)
                .toList();
    }

    private static List<Path> search(Path start) {
        for (Path dir = start; dir != null; dir = dir.getParent()) {
            List<Path> found = new ArrayList<>();
            first(dir, NAMES, found);
            if (!found.isEmpty()) {
                first(dir, OVERRIDES, found);
                return found;
            }
        }
        return List.of();
    }

    private static void first(Path dir, List<String> names, List<Path> found) {
        names.stream()
                .map(dir::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .ifPresent(found::add);
    }
}
