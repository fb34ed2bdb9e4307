package dev.devshell.logs;

import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a container can write to drive a terminal (ECMA-48), beside the text. */
public final class ControlSequences {
    /** Operating system commands, device control strings and their like, up to their end or the line's. */
    private static final Pattern STRINGS =
            Pattern.compile("(?:\u001b[\\]PX^_]|[\u009d\u0090\u0098\u009e\u009f]).*?(?:\u0007|\u001b\\\\|\u009c|$)");

    private static final Pattern SEQUENCES =
            Pattern.compile("(?:\u001b\\[|\u009b)[0-?]*[ -/]*(?:[@-~]|$)|\u001b[ -/]*(?:[0-~]|$)");

    private ControlSequences() {}

    /**
     * Returns a text without them; single control characters stay.
     *
     * @param kept which of the shorter ones stay, such as colours
     */
    public static String strip(String text, Predicate<String> kept) {
        String whole = STRINGS.matcher(text).replaceAll("");
        return SEQUENCES
                .matcher(whole)
                .replaceAll(found -> kept.test(found.group()) ? Matcher.quoteReplacement(found.group()) : "");
    }

    /** Returns of a line that overwrites itself what it shows in the end. */
    public static String lastState(String line) {
        String stripped = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        return stripped.substring(stripped.lastIndexOf('\r') + 1);
    }
}
