package dev.devshell.differ;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A shell in the container that is kept open, so that a command costs a round trip and not an exec. */
final class Shell implements AutoCloseable {
    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;

    Shell(String container) throws IOException {
        process = new ProcessBuilder(List.of("docker", "exec", "-i", container, "sh"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        commands = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Runs a command to its end; whether it fails is no matter. */
    void run(String command) throws IOException {
        commands.write("( " + command + "\n) >/dev/null 2>&1 </dev/null\necho done\n");
        commands.flush();
        if (!"done".equals(answers.readLine())) {
            throw new IOException("the shell in the container has ended");
        }
    }

    static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    @Override
    public void close() throws IOException {
        commands.close();
        answers.close();
        process.destroy();
    }
}
