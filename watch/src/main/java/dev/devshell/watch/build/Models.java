package dev.devshell.watch.build;

import dev.devshell.DevshellException;
import dev.devshell.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What a build tool says of a project, kept for as long as the files that it said it from are the same. */
public final class Models {
    private static final String KEY = "key";

    private final BuildTool tool;
    private final Path cache;

    /**
     * @param scratch a directory of ours, for this project
     */
    public Models(BuildTool tool, Path scratch) {
        this.tool = tool;
        this.cache = scratch.resolve("build-model.txt");
    }

    /**
     * Returns the model: what was kept, else what the tool says now, which compiles everything.
     *
     * @throws DevshellException.Failed {@code BUILD-FAILED} where it does not compile
     */
    public BuildModel get(Progress progress) {
        Optional<BuildModel> kept = kept();
        if (kept.isPresent()) {
            return kept.get();
        }
        progress.tell("asking " + tool.name() + " about " + tool.directory());
        List<String> lines = tool.describe(progress);
        BuildModel model = FactsReader.read(chosen(Facts.parse(lines)));
        keep(key(model.files()), lines);
        return model;
    }

    private Optional<BuildModel> kept() {
        try {
            if (!Files.exists(cache)) {
                return Optional.empty();
            }
            List<String> lines = Files.readAllLines(cache);
            BuildModel model = FactsReader.read(chosen(Facts.parse(lines)));
            boolean there = Files.isDirectory(model.test().classes())
                    && model.testClassPath().stream().allMatch(Files::exists);
            return there && lines.get(0).equals(KEY + "\t" + key(model.files()))
                    ? Optional.of(model)
                    : Optional.empty();
        } catch (IOException | RuntimeException e) {
            // Of another devshell, or cut short: it is asked for again.
            return Optional.empty();
        }
    }

    private void keep(String key, List<String> lines) {
        List<String> all = new ArrayList<>(List.of(KEY + "\t" + key));
        all.addAll(lines);
        try {
            Path next = cache.resolveSibling(cache.getFileName() + ".new");
            Files.write(next, all);
            Files.move(next, cache, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new DevshellException.Failed(
                    "NO-BUILD-MODEL", "cannot keep what the build tool said", e.toString(), "devshell doctor", e);
        }
    }

    private Facts chosen(List<Facts> projects) {
        List<Facts> tested = projects.stream()
                .filter(project -> project.paths("test.sources").stream().anyMatch(Files::isDirectory))
                .toList();
        if (tested.size() == 1) {
            return tested.get(0);
        }
        if (tested.isEmpty()) {
            throw new DevshellException.Usage(
                    "NO-TESTS",
                    "no project here has tests",
                    "there is no directory of test sources below " + tool.directory(),
                    "run it in the directory of a project with tests");
        }
        throw new DevshellException.Usage(
                "SEVERAL-PROJECTS",
                "several projects here have tests",
                String.join(
                        ", ",
                        tested.stream()
                                .map(project -> tool.directory()
                                        .relativize(project.directory())
                                        .toString())
                                .toList()),
                "run it in the directory of one of them");
    }

    private static String key(List<Path> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(System.getProperty("java.home").getBytes(java.nio.charset.StandardCharsets.UTF_8));
            for (Path file : files) {
                digest.update(Files.exists(file) ? Files.readAllBytes(file) : new byte[0]);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("reading build files", e);
        }
    }
}
