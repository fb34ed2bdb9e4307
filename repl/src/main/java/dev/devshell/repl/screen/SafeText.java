package dev.devshell.repl.screen;

import dev.devshell.logs.ControlSequences;
import java.util.regex.Pattern;

/** Takes out of a line whatever would drive the terminal; colours stay. */
public final class SafeText {
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;:]*m");
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}&&[^\t\u001b]]");
    private static final String RESET = "\u001b[0m";

    private SafeText() {}

    /** Returns the line as it can be shown; of one that overwrites itself, the last state. */
    public static String of(String line) {
        String last = ControlSequences.lastState(line);
        if (last.chars().noneMatch(c -> Character.isISOControl(c) && c != '\t')) {
            return last;
        }
        String safe = ControlSequences.strip(
                last, sequence -> COLOUR.matcher(sequence).matches());
        String text = CONTROLS.matcher(safe).replaceAll("");
        return text.indexOf('\u001b') < 0 || text.endsWith(RESET) ? text : text + RESET;
    }

    /** Returns the line without colours either. */
    public static String plain(String line) {
        return COLOUR.matcher(of(line)).replaceAll("");
    }
}
