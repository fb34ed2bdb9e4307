package dev.devshell.ignore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the gitignore dialect to {@code git check-ignore} itself, on random trees and random rules. */
final class GitDifferentialTests {
    private static final String[] NAMES = {"a", "b", "ab", "a.b", "#a", "!b", "a b", "a*", "[a]"};
    private static final String[] PIECES = {
        "a",
        "b",
        "ab",
        "a",
        "b",
        "*",
        "?",
        "**",
        "**",
        "/",
        "/",
        "/",
        "[ab]",
        "[!a]",
        "[^b]",
        "[a-c]",
        "\\a",
        "\\*",
        " ",
        "\\ ",
        ".b",
        "[[:alpha:]]",
        "[]a]",
        "[",
        "#a"
    };

    @TempDir
    Path temporary;

    @Test
    void ignoresExactlyWhatGitIgnores() throws IOException, InterruptedException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 40; round++) {
            Path root = temporary.resolve("round" + round);
            tree(random, root, 0);
            List<GitIgnoreFile> files = ignoreFiles(random, root);
            List<String> paths = paths(root);
            IgnoreMatcher matcher = IgnoreRules.git(files).matcher();
            Set<String> ours = paths.stream()
                    .filter(path -> matcher.verdict(path, Files.isDirectory(root.resolve(path)))
                            .ignored())
                    .collect(toCollection(TreeSet::new));
            assertThat(ours).as("seed %d, round %d, %s", seed, round, files).isEqualTo(git(root, paths));
        }
    }

    private static void tree(Random random, Path directory, int depth) throws IOException {
        Files.createDirectories(directory);
        for (String name : NAMES) {
            int kind = random.nextInt(4);
            if (kind == 0 && depth < 3) {
                tree(random, directory.resolve(name), depth + 1);
            } else if (kind == 1) {
                Files.createFile(directory.resolve(name));
            }
        }
    }

    private static List<GitIgnoreFile> ignoreFiles(Random random, Path root) throws IOException {
        List<GitIgnoreFile> files = new ArrayList<>();
        List<String> directories = new ArrayList<>(List.of(""));
        paths(root).stream()
                .filter(path -> Files.isDirectory(root.resolve(path)))
                .forEach(directories::add);
        for (String base : directories) {
            if (base.isEmpty() || random.nextInt(4) == 0) {
                String text = rules(random);
                Files.writeString(root.resolve(base).resolve(".gitignore"), text);
                files.add(new GitIgnoreFile(base, text));
            }
        }
        return files;
    }

    private static String rules(Random random) {
        StringBuilder text = new StringBuilder();
        int lines = 1 + random.nextInt(6);
        for (int line = 0; line < lines; line++) {
            text.append(random.nextInt(4) == 0 ? "!" : "");
            int pieces = 1 + random.nextInt(6);
            for (int i = 0; i < pieces; i++) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            text.append(random.nextInt(4) == 0 ? "/\n" : "\n");
        }
        return text.toString();
    }

    private static List<String> paths(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(path -> !path.equals(root) && !path.endsWith(".gitignore"))
                    .map(path -> root.relativize(path).toString())
                    .toList();
        }
    }

    private Set<String> git(Path root, List<String> paths) throws IOException, InterruptedException {
        if (paths.isEmpty()) {
            // It refuses to be asked about nothing.
            return Set.of();
        }
        run(root, "", "git", "init", "-q", ".");
        String answer = run(
                root,
                String.join("\0", paths) + "\0",
                "git",
                "-c",
                "core.excludesFile=/dev/null",
                "check-ignore",
                "--no-index",
                "-z",
                "--stdin");
        return Stream.of(answer.split("\0", -1)).filter(path -> !path.isEmpty()).collect(toCollection(TreeSet::new));
    }

    private String run(Path directory, String input, String... command) throws IOException, InterruptedException {
        Path in = Files.writeString(temporary.resolve("in"), input);
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(in.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String answer = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).isIn(0, 1);
        return answer;
    }
}
