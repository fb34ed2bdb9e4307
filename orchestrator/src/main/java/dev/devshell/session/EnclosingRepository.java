package dev.devshell.session;

import dev.devshell.ignore.GitIgnoreFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the git repository around a build context ignores in it. */
final class EnclosingRepository {
    private final Path context;

    EnclosingRepository(Path context) {
        this.context = context;
    }

    /** Returns the ignore files above the context, outermost first, as if they lay in it. */
    List<GitIgnoreFile> ignoreFiles() {
        List<GitIgnoreFile> files = new ArrayList<>();
        Optional<Path> root = root();
        if (root.isEmpty()) {
            return files;
        }
        IgnoreFiles.text(root.get().resolve(".git/info/exclude")).ifPresent(text -> files.add(seen(text, root.get())));
        Path above = root.get();
        for (Path step : above.relativize(context)) {
            if (above.equals(context)) {
                break;
            }
            Path base = above;
            IgnoreFiles.text(base.resolve(".gitignore")).ifPresent(text -> files.add(seen(text, base)));
            above = above.resolve(step);
        }
        return files;
    }

    private Optional<Path> root() {
        for (Path directory = context; directory != null; directory = directory.getParent()) {
            if (Files.exists(directory.resolve(".git"))) {
                return Optional.of(directory);
            }
        }
        return Optional.empty();
    }

    private GitIgnoreFile seen(String text, Path base) {
        String prefix = base.relativize(context).toString();
        String lines = text.lines().flatMap(line -> seen(line, prefix).stream()).collect(Collectors.joining("\n"));
        return new GitIgnoreFile("", lines);
    }

    /** A pattern with a slash in it is tied to its file's directory; it matters here if it leads into the context. */
    private static Optional<String> seen(String line, String prefix) {
        boolean negated = line.startsWith("!");
        String pattern = negated ? line.substring(1) : line;
        String body = pattern.endsWith("/") ? pattern.substring(0, pattern.length() - 1) : pattern;
        if (prefix.isEmpty() || !body.contains("/") || body.startsWith("**/")) {
            return Optional.of(line);
        }
        String anchored = pattern.startsWith("/") ? pattern.substring(1) : pattern;
        return anchored.startsWith(prefix + "/") && anchored.length() > prefix.length() + 1
                ? Optional.of((negated ? "!/" : "/") + anchored.substring(prefix.length() + 1))
                : Optional.empty();
    }
}
