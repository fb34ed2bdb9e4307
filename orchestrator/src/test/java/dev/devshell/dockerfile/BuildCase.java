package dev.devshell.dockerfile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One case of {@code src/test/resources/dockerfiles}; the README there says how they are written. */
final class BuildCase {
    final String title;
    final Map<String, String> args = new HashMap<>();
    final Map<String, String> bases = new HashMap<>();
    final List<String> contexts = new ArrayList<>();
    String target = "";
    String dockerfile = "Dockerfile";
    String text = "";
    private final List<String> settings = new ArrayList<>();

    private BuildCase(String title) {
        this.title = title;
    }

    static List<BuildCase> read(Path file) throws IOException {
        List<BuildCase> cases = new ArrayList<>();
        String base = "";
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("=== ")) {
                cases.add(new BuildCase(line.substring(4)));
                base = "settings";
            } else if (line.startsWith("---")) {
                base = line.substring(3).replace("base", "").strip();
            } else {
                cases.get(cases.size() - 1).add(base, line);
            }
        }
        return cases;
    }

    private void add(String section, String line) {
        if (section.equals("settings")) {
            settings.add(line);
        } else if (section.isEmpty()) {
            text += line + "\n";
        } else {
            bases.merge(section, line + "\n", String::concat);
        }
    }

    /** Lays the contexts out below a directory: the main one in {@code main}, the others under their names. */
    void layOut(Path directory, String http) throws IOException, InterruptedException {
        text = text.replace("@HTTP@", http);
        Path main = Files.createDirectories(directory.resolve("main"));
        for (String setting : settings) {
            String key = setting.substring(0, setting.indexOf(':'));
            lay(directory, main, key, setting.substring(key.length() + 1).strip());
        }
        write(main.resolve(dockerfile), text);
    }

    private void lay(Path directory, Path main, String key, String value) throws IOException, InterruptedException {
        String[] words = key.split(" ", 2);
        switch (words[0]) {
            case "files" -> files(main, value);
            case "link" -> link(main, value);
            case "archive" -> archive(main.resolve(value));
            case "ignore" -> append(main.resolve(".dockerignore"), value);
            case "text" -> append(main.resolve(words[1]), value);
            case "context" -> {
                contexts.add(words[1]);
                files(directory.resolve(words[1]), value);
            }
            case "context-ignore" -> append(directory.resolve(words[1]).resolve(".dockerignore"), value);
            case "arg" -> args.put(value.substring(0, value.indexOf('=')), value.substring(value.indexOf('=') + 1));
            case "target" -> target = value;
            case "dockerfile" -> dockerfile = value;
            default -> throw new IllegalArgumentException(key);
        }
    }

    private static void files(Path root, String paths) throws IOException {
        for (String path : paths.split(" ", -1)) {
            write(root.resolve(path), "token of " + root.getFileName() + ":" + path + "\n");
        }
    }

    private static void link(Path root, String value) throws IOException {
        String[] words = value.split(" -> ", 2);
        Path link = root.resolve(words[0]);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Path.of(words[1]));
    }

    private static void archive(Path file) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("packed");
        write(directory.resolve("packed"), "packed into " + file.getFileName() + "\n");
        Files.createDirectories(file.getParent());
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(".gz")) {
            Engine.run(directory, "sh", "-c", "gzip -c packed > '" + file + "'");
        } else {
            Engine.run(directory, "tar", name.endsWith(".tgz") ? "-czf" : "-cf", file.toString(), "packed");
        }
        Files.delete(directory.resolve("packed"));
        Files.delete(directory);
    }

    private static void append(Path file, String line) throws IOException {
        String before = Files.exists(file) ? Files.readString(file) : "";
        write(file, before + line + "\n");
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, text.getBytes(UTF_8));
    }
}
