package dev.devshell.junit;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Where the evidence of one test is written: a directory for each class, and in it one for each test. */
final class EvidencePlace {
    /** The configuration parameter that names the directory of all. */
    static final String DIRECTORY = "devshell.evidence.directory";

    private static final Pattern INVOCATION = Pattern.compile("#(\\d+)");
    private static final Pattern UNFIT = Pattern.compile("[^\\p{L}\\p{N}._$-]+");
    private static final int LONGEST = 100;

    /** Tests of this JVM that have evidence, by its place: overloaded methods share a name. */
    private static final Map<Path, String> TAKEN = new ConcurrentHashMap<>();

    private final Path directory;

    private EvidencePlace(Path directory) {
        this.directory = directory;
    }

    static Path root(ExtensionContext context) {
        return context.getConfigurationParameter(DIRECTORY)
                .map(Path::of)
                .orElseGet(() -> Path.of(isGradle() ? "build" : "target", "devshell-evidence"));
    }

    private static boolean isGradle() {
        return !Files.exists(Path.of("pom.xml"))
                && (Files.exists(Path.of("build.gradle")) || Files.exists(Path.of("build.gradle.kts")));
    }

    private static Path first(ExtensionContext context) {
        Matcher numbers = INVOCATION.matcher(context.getUniqueId());
        String invocation =
                numbers.results().map(number -> "-" + number.group(1)).collect(Collectors.joining());
        return root(context)
                .resolve(fit(context.getRequiredTestClass().getName()))
                .resolve(fit(context.getRequiredTestMethod().getName()) + invocation);
    }

    private static String fit(String name) {
        String fit = UNFIT.matcher(name).replaceAll("_");
        return fit.length() > LONGEST ? fit.substring(fit.length() - LONGEST) : fit;
    }

    /** Removes what an earlier run wrote of a test that passes now; what this one wrote of a flaky test stays. */
    static void clear(ExtensionContext context) throws IOException {
        Path directory = first(context);
        if (!TAKEN.containsKey(directory) && Files.isDirectory(directory)) {
            empty(directory);
            Files.deleteIfExists(directory);
        }
    }

    /** Returns the place of a test, emptied. */
    static EvidencePlace of(ExtensionContext context) throws IOException {
        Path first = first(context);
        Path directory = first;
        String id = context.getUniqueId();
        for (int i = 2;
                !id.equals(Optional.ofNullable(TAKEN.putIfAbsent(directory, id)).orElse(id));
                i++) {
            directory = first.resolveSibling(first.getFileName() + "_" + i);
        }
        Files.createDirectories(directory);
        empty(directory);
        return new EvidencePlace(directory);
    }

    private static void empty(Path directory) throws IOException {
        try (DirectoryStream<Path> old = Files.newDirectoryStream(directory, "*.{txt,log}")) {
            for (Path file : old) {
                Files.delete(file);
            }
        }
    }

    Path directory() {
        return directory;
    }

    void write(Evidence evidence) throws IOException {
        Files.writeString(directory.resolve("evidence.txt"), evidence.summary());
        for (Map.Entry<String, List<String>> log : evidence.logs().all().entrySet()) {
            Files.write(directory.resolve(fit(log.getKey()) + ".log"), log.getValue());
        }
    }

    /** Returns the files that were written. */
    Set<Path> files() throws IOException {
        try (DirectoryStream<Path> written = Files.newDirectoryStream(directory)) {
            Set<Path> files = ConcurrentHashMap.newKeySet();
            written.forEach(files::add);
            return files;
        }
    }
}
