package dev.devshell.compose;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a failed command printed, and what is needed to tell it well.
 *
 * @param command for people: {@code up}
 * @param services asked for only where a name is unknown
 */
record Complaint(
        String command,
        String text,
        List<Path> files,
        Path directory,
        Supplier<? extends Collection<String>> services) {
    /** Returns the last lines that say something. */
    String tail(int most) {
        List<String> lines = Arrays.stream(text.split("\n", -1))
                .filter(line -> !line.isBlank())
                .toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - most), lines.size()));
    }

    /** Returns the line that the offset lies in. */
    String lineAt(int offset) {
        int start = text.lastIndexOf('\n', Math.max(0, offset - 1)) + 1;
        int end = text.indexOf('\n', offset);
        return text.substring(start, end < 0 ? text.length() : end).strip();
    }
}
