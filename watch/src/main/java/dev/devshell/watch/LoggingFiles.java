package dev.devshell.watch;

import dev.devshell.watch.build.BuildModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The configuration of logging, for the part of the class path that stays: a library that logs looks beside itself, not among
 * the classes that are loaded anew for each run.
 */
final class LoggingFiles {
    private static final Pattern NAME = Pattern.compile(
            "(logback|log4j|simplelogger|commons-logging|logging|tinylog)[^/]*\\.(xml|properties|ya?ml|json)");

    private LoggingFiles() {}

    /** Copies them to a directory and returns that; a test's comes before the project's own. */
    static Path copy(BuildModel model, Path to) throws IOException {
        Files.createDirectories(to);
        List<Path> roots = new ArrayList<>(model.main().resources());
        roots.addAll(model.test().resources());
        for (Path root : roots) {
            if (Files.isDirectory(root)) {
                try (Stream<Path> files = Files.list(root)) {
                    for (Path file : files.filter(one ->
                                    NAME.matcher(one.getFileName().toString()).matches())
                            .toList()) {
                        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            }
        }
        return to;
    }
}
