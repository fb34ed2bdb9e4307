package dev.devshell.logs;

import dev.devshell.LogEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells the levels of lines as they come: what goes on from the line before, like a stack trace, has the level of that line.
 *
 * <p>For one thread.
 */
public final class LogLevels {
    private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-9;:]*m");
    /** Stack traces of many languages, and what PostgreSQL says besides. */
    private static final Pattern GOES_ON = Pattern.compile(
            "^(?:\\s|at |from /|Caused by: |\\.\\.\\. \\d+ more|goroutine \\d+"
                    + "|During handling of the above|The above exception was|[})\\]]|(?:.*\\s)?(?:DETAIL|HINT|STATEMENT|CONTEXT|QUERY):\\s)");

    /** By container; a replica that is made anew begins anew. */
    private final Map<String, Optional<LogLevel>> last = new HashMap<>();

    /** Returns the level of the next line of its container; nothing where its format does not say. */
    public Optional<LogLevel> of(LogEntry line) {
        String text = line.text().indexOf('\u001b') < 0
                ? line.text()
                : COLOURS.matcher(line.text()).replaceAll("");
        Optional<LogLevel> before = last.getOrDefault(line.containerId(), Optional.empty());
        Optional<LogLevel> level =
                before.isPresent() && (text.isEmpty() || GOES_ON.matcher(text).find()) ? before : LevelFormat.of(text);
        last.put(line.containerId(), level);
        return level;
    }
}
