package dev.devshell.repl;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line that a container wrote.
 *
 * @param source the replica, like {@code web-1}
 * @param time as the engine wrote it down; empty where it does not say
 */
record LogLine(String source, String time, String text) {
    private static final Pattern STAMPED = Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\S+Z) ?(.*)");

    static LogLine of(dev.devshell.compose.LogLine line) {
        Matcher stamped = STAMPED.matcher(line.text());
        return stamped.matches()
                ? new LogLine(line.container(), stamped.group(1), stamped.group(2))
                : new LogLine(line.container(), "", line.text());
    }

    /** Returns the service, which is the source without the replica's number. */
    String service() {
        return source.replaceFirst("-\\d+$", "");
    }
}
