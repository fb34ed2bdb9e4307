package dev.devshell.repl;

import dev.devshell.LogEntry;
import dev.devshell.logs.LogLevel;
import dev.devshell.logs.LogLevels;
import dev.devshell.repl.screen.SafeText;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Chooses among lines as they come; for one thread. */
final class LogFilter {
    /** Chooses none, and forgets nothing by it. */
    static final LogFilter NOTHING = new LogFilter(Optional.of(Pattern.compile("(?!)")), Optional.empty());

    private final Optional<Pattern> grep;
    private final Optional<LogLevel> least;
    private final LogLevels levels = new LogLevels();

    /**
     * @param least of lines whose format says no level, none is chosen where a level is asked for
     */
    LogFilter(Optional<Pattern> grep, Optional<LogLevel> least) {
        this.grep = grep;
        this.least = least;
    }

    /** Whether every line is chosen. */
    boolean takesAll() {
        return grep.isEmpty() && least.isEmpty();
    }

    /** Returns those that are chosen; a pattern is looked for in the text as a person sees it, without colours. */
    List<LogLine> of(List<LogEntry> lines) {
        if (this == NOTHING) {
            return List.of();
        }
        return lines.stream()
                .map(line -> new LogLine(line, levels.of(line)))
                .filter(this::chosen)
                .toList();
    }

    private boolean chosen(LogLine line) {
        boolean levelled = least.isEmpty()
                || line.level().map(level -> level.atLeast(least.get())).orElse(false);
        return levelled
                && (grep.isEmpty()
                        || grep.get()
                                .matcher(SafeText.plain(line.entry().text()))
                                .find());
    }
}
