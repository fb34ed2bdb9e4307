package dev.devshell.differ;

import java.io.IOException;
import java.util.List;

/** A program of this machine, run to its end. */
final class Child {
    private Child() {}

    /** Runs a program whose failure is a failure of the test. */
    static void run(List<String> command) throws IOException {
        int code = attempt(command);
        if (code != 0) {
            throw new IOException("ended with " + code + ": " + command);
        }
    }

    /** Runs a program that may fail, as what it works on may be gone. */
    static int attempt(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
