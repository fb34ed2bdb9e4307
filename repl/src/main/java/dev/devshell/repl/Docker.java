package dev.devshell.repl;

import dev.devshell.DevshellException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The docker CLI, for what hands over the terminal to one container. */
final class Docker {
    private final Map<String, String> env;

    Docker(Map<String, String> env) {
        this.env = env;
    }

    /** Runs it on this process's streams; returns its exit code. */
    int onTerminal(List<String> arguments) {
        return await(start(arguments, true));
    }

    /** Runs it and returns what it printed; empty where it fails. */
    String output(List<String> arguments) {
        Process child = start(arguments, false);
        try {
            child.getOutputStream().close();
            String text = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return await(child) == 0 ? text.strip() : "";
        } catch (IOException e) {
            throw missing(e);
        }
    }

    private Process start(List<String> arguments, boolean inherit) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(env);
        if (inherit) {
            builder.inheritIO();
        } else {
            builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        }
        try {
            return builder.start();
        } catch (IOException e) {
            throw missing(e);
        }
    }

    private static int await(Process child) {
        try {
            return child.waitFor();
        } catch (InterruptedException e) {
            child.destroy();
            Thread.currentThread().interrupt();
            throw new DevshellException.Interrupted("interrupted");
        }
    }

    private static DevshellException missing(IOException cause) {
        return new DevshellException.EngineUnreachable(
                "DOCKER-MISSING",
                "docker cannot be started",
                String.valueOf(cause.getMessage()),
                "devshell doctor",
                cause);
    }
}
