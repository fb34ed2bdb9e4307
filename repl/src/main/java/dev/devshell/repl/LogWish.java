package dev.devshell.repl;

import dev.devshell.DevshellException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which logs a shell shows above its prompt, as it was last said for a project; it outlives the shell. */
final class LogWish {
    private static final Logger LOG = LoggerFactory.getLogger(LogWish.class);

    private final Path file;

    /**
     * @param state the project's directory of what outlives a session
     */
    LogWish(Path state) {
        this.file = state.resolve("shell-logs");
    }

    /** Returns what a word means: {@code on}, {@code off} or {@code errors}. */
    static Optional<ShellLogs.Wish> named(String word) {
        return Arrays.stream(ShellLogs.Wish.values())
                .filter(wish -> word(wish).equals(word))
                .findFirst();
    }

    static String word(ShellLogs.Wish wish) {
        return wish.name().toLowerCase(Locale.ROOT);
    }

    /** Returns what was said last; nothing where nothing was, or it cannot be read. */
    Optional<ShellLogs.Wish> read() {
        try {
            return named(Files.readString(file).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.debug("{} cannot be read: {}", file, e.toString());
            return Optional.empty();
        }
    }

    void write(ShellLogs.Wish wish) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, word(wish) + "\n");
        } catch (IOException e) {
            throw new DevshellException.Failed(
                    "NOT-KEPT",
                    "the next shell will not know that logs are to be " + word(wish),
                    file + " cannot be written: " + e.getMessage(),
                    "",
                    e);
        }
    }
}
