package dev.devshell.compose;

import java.util.regex.Pattern;

/**
 * A line that a container logged.
 *
 * @param container its name without the project's, like {@code web-1}; empty for what Compose itself says between the lines
 */
public record LogLine(String container, String text) {
    /** Compose clears the line even where it writes to no terminal; the colours further on are the container's. */
    private static final Pattern CLEARING = Pattern.compile("^(?:\u001b\\[\\d*K|\r)+");

    static LogLine parse(String printed) {
        String line = CLEARING.matcher(printed).replaceFirst("");
        int bar = line.indexOf("| ");
        if (bar < 0 && line.endsWith("|")) {
            bar = line.length() - 1;
        }
        if (bar < 1 || line.charAt(bar - 1) != ' ') {
            return new LogLine("", line);
        }
        return new LogLine(line.substring(0, bar).strip(), line.substring(Math.min(line.length(), bar + 2)));
    }
}
