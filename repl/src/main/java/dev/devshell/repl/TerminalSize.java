package dev.devshell.repl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much fits on the terminal of this process. */
record TerminalSize(int columns, int rows) {
    private static final TerminalSize USUAL = new TerminalSize(80, 24);
    private static final Pattern SIZE = Pattern.compile("(\\d{1,5}) (\\d{1,5})\\s*");

    /** Asks the terminal; where it does not say, the usual. */
    static TerminalSize ask() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Matcher said = SIZE.matcher(new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            return said.matches() && !said.group(1).equals("0")
                    ? new TerminalSize(Integer.parseInt(said.group(2)), Integer.parseInt(said.group(1)))
                    : USUAL;
        } catch (IOException e) {
            // There is no stty.
            return USUAL;
        }
    }
}
