package dev.devshell.logs;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the level of a line off its format; a line in none of the known ones has none. */
final class LevelFormat {
    /** A message may quote a level; the line's own stands near its beginning, in JSON anywhere. */
    private static final int HEAD = 120;

    private static final int JSON_HEAD = 8192;

    private static final Map<String, LogLevel> WORDS = Map.ofEntries(
            Map.entry("emerg", LogLevel.ERROR),
            Map.entry("emergency", LogLevel.ERROR),
            Map.entry("alert", LogLevel.ERROR),
            Map.entry("crit", LogLevel.ERROR),
            Map.entry("critical", LogLevel.ERROR),
            Map.entry("fatal", LogLevel.ERROR),
            Map.entry("panic", LogLevel.ERROR),
            Map.entry("severe", LogLevel.ERROR),
            Map.entry("error", LogLevel.ERROR),
            Map.entry("err", LogLevel.ERROR),
            Map.entry("warning", LogLevel.WARN),
            Map.entry("warn", LogLevel.WARN),
            Map.entry("notice", LogLevel.INFO),
            Map.entry("note", LogLevel.INFO),
            Map.entry("log", LogLevel.INFO),
            Map.entry("info", LogLevel.INFO),
            Map.entry("information", LogLevel.INFO),
            Map.entry("system", LogLevel.INFO),
            Map.entry("debug", LogLevel.DEBUG),
            Map.entry("verbose", LogLevel.DEBUG),
            Map.entry("fine", LogLevel.DEBUG),
            Map.entry("trace", LogLevel.DEBUG));

    private static final Map<String, LogLevel> LETTERS = Map.of(
            "D", LogLevel.DEBUG,
            "I", LogLevel.INFO,
            "A", LogLevel.INFO,
            "W", LogLevel.WARN,
            "E", LogLevel.ERROR,
            "F", LogLevel.ERROR);

    private static final Map<String, LogLevel> REDIS =
            Map.of(".", LogLevel.DEBUG, "-", LogLevel.DEBUG, "*", LogLevel.INFO, "#", LogLevel.WARN);

    private static final Pattern JSON = Pattern.compile(
            "\"(?:level|severity|severity_text|log\\.level|lvl|levelname|@l)\"\\s*:\\s*(?:\"(\\w+)\"|(\\d{1,2})\\b)");
    private static final Pattern LOGFMT = Pattern.compile("(?:^|\\s)(?:level|lvl|severity|at)=\"?(\\w+)");
    /** Ruby's logger, and glog with its many children. */
    private static final Pattern LETTER = Pattern.compile("^(?:([DIWEFA]), \\[|([IWEF])\\d{4} \\d\\d:\\d\\d:\\d\\d)");

    private static final Pattern OF_REDIS = Pattern.compile("^\\d+:[A-Z] \\d\\d \\w{3} \\d{4} [\\d:.]+ ([.*#-]) ");
    /** nginx, Apache with a module's name before it, MySQL. */
    private static final Pattern BRACKETED = Pattern.compile("\\[(?:[\\w-]+:)?\\s?([A-Za-z]+)\\s?\\]");

    private static final Pattern UPPER = Pattern.compile("(?<![\\w.=/-])([A-Z]{3,9})(?![\\w.=/-])");
    private static final Pattern AT_START = Pattern.compile(
            "^(?:[\\w./-]+: )?(error|fatal error|fatal|panic|warning|warn|info|debug)(?:\\[\\w+\\])?:",
            Pattern.CASE_INSENSITIVE);
    /** What a runtime says when nobody caught something; and Rails of a request that failed. */
    private static final Pattern RAISED = Pattern.compile(
            "^(?:Traceback \\(most recent call last\\)|Exception in thread |Unhandled |Uncaught |npm ERR!"
                    + "|Completed 5\\d\\d |(?:[\\w$]+(?:\\.|::))*[A-Z][\\w$]*(?:Error|Exception)\\b(?:$|[: (]))");

    private LevelFormat() {}

    /**
     * Returns the level that the line says it has.
     *
     * @param line without colours
     */
    static Optional<LogLevel> of(String line) {
        if (line.startsWith("{")) {
            return json(line.substring(0, Math.min(line.length(), JSON_HEAD)));
        }
        String head = line.substring(0, Math.min(line.length(), HEAD));
        return letter(head)
                .or(() -> found(OF_REDIS, head, REDIS))
                .or(() -> raised(head))
                .or(() -> word(LOGFMT, head))
                .or(() -> word(AT_START, head))
                .or(() -> earlier(head));
    }

    private static Optional<LogLevel> json(String line) {
        Matcher found = JSON.matcher(line);
        if (!found.find()) {
            return Optional.empty();
        }
        return found.group(1) != null ? named(found.group(1)) : Optional.of(numbered(Integer.parseInt(found.group(2))));
    }

    /** The numbers of bunyan and pino; below ten, syslog's. */
    private static LogLevel numbered(int number) {
        if (number < 10) {
            return number <= 3
                    ? LogLevel.ERROR
                    : number == 4 ? LogLevel.WARN : number <= 6 ? LogLevel.INFO : LogLevel.DEBUG;
        }
        return number >= 50
                ? LogLevel.ERROR
                : number >= 40 ? LogLevel.WARN : number >= 30 ? LogLevel.INFO : LogLevel.DEBUG;
    }

    private static Optional<LogLevel> letter(String head) {
        Matcher found = LETTER.matcher(head);
        return found.find()
                ? Optional.ofNullable(LETTERS.get(found.group(1) != null ? found.group(1) : found.group(2)))
                : Optional.empty();
    }

    private static Optional<LogLevel> found(Pattern pattern, String head, Map<String, LogLevel> levels) {
        Matcher found = pattern.matcher(head);
        return found.find() ? Optional.ofNullable(levels.get(found.group(1))) : Optional.empty();
    }

    private static Optional<LogLevel> raised(String head) {
        return RAISED.matcher(head).find() ? Optional.of(LogLevel.ERROR) : Optional.empty();
    }

    private static Optional<LogLevel> word(Pattern pattern, String head) {
        Matcher found = pattern.matcher(head);
        return found.find() ? named(found.group(1).replace("fatal error", "fatal")) : Optional.empty();
    }

    /** Of a bracketed word and one in capitals, the one that stands before the other. */
    private static Optional<LogLevel> earlier(String head) {
        Matcher bracketed = level(BRACKETED, head);
        Matcher upper = level(UPPER, head);
        if (bracketed == null) {
            return upper == null ? Optional.empty() : named(upper.group(1));
        }
        return named(upper == null || bracketed.start() < upper.start() ? bracketed.group(1) : upper.group(1));
    }

    private static @Nullable Matcher level(Pattern pattern, String head) {
        Matcher found = pattern.matcher(head);
        while (found.find()) {
            if (named(found.group(1)).isPresent()) {
                return found;
            }
        }
        return null;
    }

    private static Optional<LogLevel> named(String word) {
        return Optional.ofNullable(WORDS.get(word.toLowerCase(Locale.ROOT)));
    }
}
