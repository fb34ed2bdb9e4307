package dev.devshell.repl;

import dev.devshell.DevshellException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a command writes and whom it can ask: data to {@code out}, narration to {@code err}.
 *
 * @param interactive whether a person is there to be asked
 */
record Console(
        PrintStream out,
        PrintStream err,
        BufferedReader in,
        boolean interactive,
        boolean colourOut,
        boolean colourErr) {

    /** Returns the same with its narration printed elsewhere, where nobody can be asked. */
    Console withNarration(PrintStream elsewhere) {
        return new Console(out, elsewhere, in, false, colourOut, colourErr);
    }

    /** Returns the same with its data printed elsewhere. */
    Console withOut(PrintStream elsewhere) {
        return new Console(elsewhere, err, in, interactive, colourOut, colourErr);
    }

    String out(Style style, String text) {
        return colourOut ? style.on(text) : text;
    }

    String err(Style style, String text) {
        return colourErr ? style.on(text) : text;
    }

    /** Tells a person what goes on. */
    void say(String line) {
        err.println(line);
        err.flush();
    }

    /** Returns the next line of standard input, or nothing at its end. */
    Optional<String> readLine() {
        try {
            return Optional.ofNullable(in.readLine());
        } catch (IOException e) {
            throw new DevshellException.Failed(
                    "NO-INPUT", "standard input cannot be read", String.valueOf(e.getMessage()), "", e);
        }
    }

    /**
     * Asks before something is destroyed.
     *
     * @param yes whether the answer was given beforehand
     * @throws DevshellException.Usage without an answer and without a person
     */
    boolean confirm(String question, boolean yes) {
        if (yes) {
            return true;
        }
        if (!interactive) {
            throw new DevshellException.Usage(
                    "NEEDS-YES", "will not do this unasked", question, "say --yes, or run it on a terminal");
        }
        err.print(question + " [y/N] ");
        err.flush();
        return readLine().orElse("").strip().toLowerCase(Locale.ROOT).matches("y|yes");
    }
}
