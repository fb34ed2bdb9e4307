package dev.devshell.session;

import dev.devshell.DevshellException;
import dev.devshell.ignore.GitIgnoreFile;
import dev.devshell.ignore.IgnoreMatcher;
import dev.devshell.ignore.IgnoreRules;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the ignore files of one build context. */
final class IgnoreFiles {
    private static final String DOCKER = ".dockerignore";
    private static final String DEVSHELL = ".devshellignore";
    private static final String GIT = ".gitignore";

    private final Path context;

    IgnoreFiles(Path context) {
        this.context = context;
    }

    /** Returns the rules of {@code <Dockerfile>.dockerignore}, else those of the context's {@code .dockerignore}. */
    IgnoreRules docker(Optional<Path> dockerfile) {
        Optional<String> own = dockerfile.flatMap(file -> text(file.resolveSibling(file.getFileName() + DOCKER)));
        return own.or(() -> text(context.resolve(DOCKER)))
                .map(IgnoreRules::docker)
                .orElse(IgnoreRules.NONE);
    }

    IgnoreRules devshell() {
        return text(context.resolve(DEVSHELL))
                .map(text -> IgnoreRules.git(List.of(new GitIgnoreFile("", text))))
                .orElse(IgnoreRules.NONE);
    }

    /** Returns the rules of every {@code .gitignore} in the context, and of those above it up to the repository's root. */
    IgnoreRules git(IgnoreRules skipped) {
        List<GitIgnoreFile> files = new ArrayList<>(new EnclosingRepository(context).ignoreFiles());
        try {
            Files.walkFileTree(context, new Collector(skipped.matcher(), files));
        } catch (IOException e) {
            throw unreadable(context, e);
        }
        return IgnoreRules.git(files);
    }

    /** Finds ignore files, without walking what is not synced anyway. */
    private final class Collector extends SimpleFileVisitor<Path> {
        private final IgnoreMatcher skipped;
        private final List<GitIgnoreFile> files;

        Collector(IgnoreMatcher skipped, List<GitIgnoreFile> files) {
            this.skipped = skipped;
            this.files = files;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            String base = context.relativize(directory).toString();
            if (base.equals(".git")
                    || (!base.isEmpty() && !skipped.verdict(base, true).descend())) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            text(directory.resolve(GIT)).ifPresent(text -> files.add(new GitIgnoreFile(base, text)));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            // What cannot be read is a problem of the sync's, which lists it.
            return FileVisitResult.CONTINUE;
        }
    }

    static Optional<String> text(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    static DevshellException unreadable(Path file, IOException cause) {
        return new DevshellException.Failed(
                "UNREADABLE", "cannot read " + file, String.valueOf(cause), "make it readable", cause);
    }
}
