package dev.devshell.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command to run in a container, without a terminal.
 *
 * @param command the program and its arguments; no shell reads it
 * @param user {@code uid}, {@code uid:gid} or names; empty is the container's own
 * @param env on top of the container's own
 * @param workingDir absolute; empty is the container's own
 */
public record ExecSpec(List<String> command, String user, Map<String, String> env, Optional<String> workingDir) {
    public ExecSpec {
        command = List.copyOf(command);
        env = Map.copyOf(env);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("a command has at least a program");
        }
    }

    /** A command as the container's root, in {@code /}, which every container has. */
    public static ExecSpec asRoot(String... command) {
        return new ExecSpec(List.of(command), "0:0", Map.of(), Optional.of("/"));
    }

    /** Without the environment's values, which may be secrets. */
    @Override
    public String toString() {
        return "ExecSpec[" + command + ", user=" + user + ", env=" + env.keySet() + ", workingDir=" + workingDir + "]";
    }
}
