package dev.devshell.repl;

import dev.devshell.Service;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Opens a service in the browser. */
@Command(name = "open", description = "Open a service in the browser, or print its address.")
final class OpenCommand extends Rooted {
    @Parameters(paramLabel = "SERVICE")
    @SuppressWarnings("NullAway.Init") // required
    private String name;

    @Override
    public Integer call() {
        Service service = Services.named(workspace().services(), name);
        String url = "http://" + TextOutput.host(Services.firstPort(service));
        console().out().println(url);
        if (console().interactive()) {
            browse(url);
        }
        return CommandLine.ExitCode.OK;
    }

    private void browse(String url) {
        boolean mac = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac");
        try {
            new ProcessBuilder(List.of(mac ? "open" : "xdg-open", url))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            console().say("there is no browser to open: " + e.getMessage());
        }
    }
}
