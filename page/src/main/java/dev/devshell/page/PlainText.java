package dev.devshell.page;

import dev.devshell.logs.ControlSequences;
import java.util.regex.Pattern;

/** Takes out of a text what would drive a terminal, colours too; lines and tabs stay. */
final class PlainText {
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}&&[^\t\n]]");
    /** What changes the direction of the text around it. */
    private static final Pattern DIRECTIONS = Pattern.compile("[\u202a-\u202e\u2066-\u2069]");

    private PlainText() {}

    static String of(String text) {
        if (text.chars().allMatch(PlainText::harmless)) {
            return text;
        }
        String shown = ControlSequences.strip(text.replace("\r\n", "\n"), sequence -> false);
        shown = CONTROLS.matcher(shown).replaceAll("");
        return DIRECTIONS.matcher(shown).replaceAll("\ufffd");
    }

    /** Returns a line of a file with a sign for each character that cannot be seen. */
    static String visible(String line) {
        if (line.chars().allMatch(PlainText::harmless)) {
            return line;
        }
        StringBuilder shown = new StringBuilder();
        line.chars().forEach(c -> shown.append(sign((char) c)));
        return shown.toString();
    }

    private static char sign(char c) {
        if (c < 0x20 && c != '\t' && c != '\n') {
            return (char) (0x2400 + c);
        }
        return c == 0x7f ? '\u2421' : harmless(c) ? c : '\ufffd';
    }

    private static boolean harmless(int c) {
        boolean control = Character.isISOControl(c) && c != '\t' && c != '\n';
        return !control && (c < 0x202a || c > 0x2069 || (c > 0x202e && c < 0x2066));
    }
}
