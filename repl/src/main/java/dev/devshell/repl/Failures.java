package dev.devshell.repl;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devshell.DevshellException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Tells a failure to a person, or to a program with {@code --json}: what, why, and the next command. */
final class Failures {
    private final Console console;
    private final boolean json;
    private final boolean debug;

    Failures(Console console, boolean json, boolean debug) {
        this.console = console;
        this.json = json;
        this.debug = debug;
    }

    /** Prints the failure and returns the exit code that it means. */
    int tell(Throwable failure) {
        DevshellException told = known(failure);
        if (told instanceof DevshellException.Interrupted && !debug) {
            // Whoever did it knows.
            return told.exitCode();
        }
        if (json) {
            console.err().println(object(told));
        } else {
            text(told);
        }
        if (debug) {
            failure.printStackTrace(console.err());
        }
        console.err().flush();
        return told.exitCode();
    }

    private void text(DevshellException failure) {
        console.err().println(console.err(Style.RED, "devshell: ") + console.err(Style.BOLD, failure.what()));
        block("why:  ", failure.why());
        block("next: ", failure.next());
    }

    private void block(String label, String text) {
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            console.err().println("  " + (i == 0 ? label : " ".repeat(label.length())) + lines.get(i));
        }
    }

    private static ObjectNode object(DevshellException failure) {
        ObjectNode line = JsonOutput.object();
        line.putObject("error")
                .put("code", failure.code())
                .put("what", failure.what())
                .put("why", failure.why())
                .put("next", failure.next())
                .put("exit", failure.exitCode());
        return line;
    }

    private DevshellException known(Throwable failure) {
        if (failure instanceof DevshellException known) {
            return known;
        }
        if (failure instanceof CancellationException) {
            return new DevshellException.Interrupted("cancelled");
        }
        String why = failure instanceof UncheckedIOException && failure.getCause() != null
                ? failure.getMessage() + ": " + failure.getCause().getMessage()
                : failure.toString();
        return new DevshellException.Failed(
                "INTERNAL",
                "it failed in a way that devshell does not know",
                why,
                debug ? "" : "--debug shows where",
                failure);
    }
}
