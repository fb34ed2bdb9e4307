package dev.devshell.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a command is run in a service's container.
 *
 * @param noTerminal {@code -T}
 * @param env each {@code NAME=value}, or {@code NAME} to take it from the environment
 * @param index which replica; only {@code exec}
 */
public record RunOptions(
        boolean noTerminal,
        Optional<String> user,
        Optional<String> workingDir,
        List<String> env,
        Optional<Integer> index) {
    /** As the service itself has it, on the terminal. */
    public static final RunOptions PLAIN =
            new RunOptions(false, Optional.empty(), Optional.empty(), List.of(), Optional.empty());

    public RunOptions {
        env = List.copyOf(env);
    }

    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        if (noTerminal) {
            arguments.add("-T");
        }
        user.ifPresent(value -> arguments.addAll(List.of("-u", value)));
        workingDir.ifPresent(value -> arguments.addAll(List.of("-w", value)));
        env.forEach(value -> arguments.addAll(List.of("-e", value)));
        return arguments;
    }

    /** Without the environment, which may hold secrets. */
    @Override
    public String toString() {
        return "RunOptions[noTerminal=" + noTerminal + ", user=" + user + ", workingDir=" + workingDir + ", index="
                + index + "]";
    }
}
