package dev.devshell.bench;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs other programs to their end. */
final class Command {
    private Command() {}

    /** Returns what it printed; throws with that where it failed. */
    static String run(Path directory, String... command) throws IOException {
        return run(directory, Map.of(), command);
    }

    static String run(Path directory, Map<String, String> environment, String... command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int code = end(process);
        if (code != 0) {
            throw new IOException(String.join(" ", List.of(command)) + " ended with " + code + ": " + output);
        }
        return output;
    }

    /** Returns the milliseconds that a line of shell takes, its start included. */
    static double timed(Path directory, String script) throws IOException {
        long start = System.nanoTime();
        run(directory, "sh", "-c", script);
        return (System.nanoTime() - start) / 1e6;
    }

    /** Returns the exit code; an interrupt is kept and ends the waiting. */
    static int end(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
    }
}
