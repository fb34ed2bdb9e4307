package dev.devshell.repl.screen;

import java.util.regex.Pattern;

/** Takes out of a line whatever would drive the terminal; colours stay. */
public final class SafeText {
    /** Operating system commands, device control strings and their like, up to their end or the line's. */
    private static final Pattern STRINGS =
            Pattern.compile("(?:\u001b[\\]PX^_]|[\u009d\u0090\u0098\u009e\u009f]).*?(?:\u0007|\u001b\\\\|\u009c|$)");

    private static final Pattern SEQUENCES =
            Pattern.compile("(?:\u001b\\[|\u009b)[0-?]*[ -/]*(?:[@-~]|$)|\u001b[ -/]*(?:[0-~]|$)");
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;:]*m");
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}&&[^\t\u001b]]");
    private static final String RESET = "\u001b[0m";

    private SafeText() {}

    /** Returns the line as it can be shown; of one that overwrites itself, the last state. */
    public static String of(String line) {
        String last = lastState(line);
        if (last.chars().noneMatch(c -> Character.isISOControl(c) && c != '\t')) {
            return last;
        }
        String whole = STRINGS.matcher(last).replaceAll("");
        String safe = SEQUENCES
                .matcher(whole)
                .replaceAll(found -> COLOUR.matcher(found.group()).matches() ? found.group() : "");
        String text = CONTROLS.matcher(safe).replaceAll("");
        return text.indexOf('\u001b') < 0 || text.endsWith(RESET) ? text : text + RESET;
    }

    /** Returns the line without colours either. */
    public static String plain(String line) {
        return COLOUR.matcher(of(line)).replaceAll("");
    }

    private static String lastState(String line) {
        String stripped = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        return stripped.substring(stripped.lastIndexOf('\r') + 1);
    }
}
