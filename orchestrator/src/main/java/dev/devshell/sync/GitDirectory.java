package dev.devshell.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where git keeps the state of the work tree that a directory is in; in or above that directory, ignored by the sync or not. */
record GitDirectory(Path path) {
    private static final String LINK = "gitdir:";
    private static final int LONGEST_LINK = 8192;

    /** Finds it; nothing where the directory is in no work tree. */
    static Optional<GitDirectory> of(Path directory) {
        for (Path above = directory.toAbsolutePath(); above != null; above = above.getParent()) {
            Path git = above.resolve(".git");
            if (Files.isDirectory(git)) {
                return Optional.of(new GitDirectory(git));
            }
            if (Files.isRegularFile(git)) {
                return linked(git);
            }
        }
        return Optional.empty();
    }

    /** A linked work tree, or a submodule, has a file that says where its directory is. */
    private static Optional<GitDirectory> linked(Path file) {
        try {
            String text = Files.size(file) > LONGEST_LINK
                    ? ""
                    : Files.readString(file).strip();
            return text.startsWith(LINK)
                    ? Optional.of(file.resolveSibling(
                                    text.substring(LINK.length()).strip()))
                            .filter(Files::isDirectory)
                            .map(GitDirectory::new)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Returns the lock that a git holds which is at work on the work tree or on HEAD. */
    Optional<Path> lock() {
        // File.exists, unlike Files.exists, costs no exception; this is asked with every edit.
        return Optional.of(path.resolve("index.lock"))
                .filter(lock -> lock.toFile().exists())
                .or(() -> Optional.of(path.resolve("HEAD.lock"))
                        .filter(lock -> lock.toFile().exists()));
    }
}
