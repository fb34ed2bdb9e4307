package dev.devshell.repl;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The browser of whoever sits before this machine. */
final class Browser {
    private Browser() {}

    static void open(String url, Console console) {
        boolean mac = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac");
        try {
            new ProcessBuilder(List.of(mac ? "open" : "xdg-open", url))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            console.say("there is no browser to open: " + e.getMessage());
        }
    }
}
