package dev.devshell.compose;

import dev.devshell.DevshellException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A program that is run to its end; an interrupt of the thread that waits ends it and what it started. */
final class Child {
    private static final long GRACE_SECONDS = 3;

    private final ProcessBuilder builder;
    private final String program;

    Child(List<String> command, Path directory, Map<String, String> environment) {
        builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        program = command.get(0);
    }

    /** How a child ended. */
    record Outcome(int exitCode, String stdout, String stderr) {
        boolean ok() {
            return exitCode == 0;
        }
    }

    /** Runs it without input. */
    Outcome capture() throws IOException {
        StringBuilder stdout = new StringBuilder();
        StringBuilder stderr = new StringBuilder();
        int exitCode = follow(
                line -> stdout.append(line).append('\n'),
                line -> stderr.append(line).append('\n'));
        return new Outcome(exitCode, stdout.toString(), stderr.toString());
    }

    /** Runs it without input; each stream's lines go to its consumer, from a thread of its own. */
    int follow(Consumer<String> stdout, Consumer<String> stderr) throws IOException {
        builder.redirectInput(ProcessBuilder.Redirect.from(nothing()));
        Process process = builder.start();
        Thread out = pump(process.getInputStream(), stdout, program + "-stdout");
        Thread err = pump(process.getErrorStream(), stderr, program + "-stderr");
        try {
            int exitCode = process.waitFor();
            out.join();
            err.join();
            return exitCode;
        } catch (InterruptedException e) {
            throw interrupted(process);
        }
    }

    /** Runs it on this process's own terminal, or whatever its streams are. */
    int inherit() throws IOException {
        Process process = builder.inheritIO().start();
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            throw interrupted(process);
        }
    }

    private static java.io.File nothing() {
        return new java.io.File(System.getProperty("os.name", "").startsWith("Windows") ? "NUL" : "/dev/null");
    }

    private static Thread pump(InputStream from, Consumer<String> lines, String name) {
        Thread thread = new Thread(
                () -> {
                    try (BufferedReader reader =
                            new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
                        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                            lines.accept(line);
                        }
                    } catch (IOException e) {
                        // A child that is killed takes its pipe with it; anything else is the caller's to know.
                        if (!"Stream closed".equals(e.getMessage())) {
                            throw new UncheckedIOException(e);
                        }
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private DevshellException interrupted(Process process) {
        kill(process);
        Thread.currentThread().interrupt();
        return new DevshellException.Interrupted("interrupted while " + program + " ran");
    }

    private static void kill(Process process) {
        // docker runs compose as a child of its own, which would outlive it.
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroy);
        try {
            if (process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                all.remove(process.toHandle());
            }
        } catch (InterruptedException e) {
            // Asked twice: no more grace.
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
