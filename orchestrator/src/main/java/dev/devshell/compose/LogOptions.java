package dev.devshell.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which logs.
 *
 * @param since a duration back from now like {@code 10m}, or an RFC 3339 time
 * @param tail how many lines of each container before now; empty: all
 * @param services none: all
 */
public record LogOptions(
        boolean follow, boolean timestamps, Optional<String> since, Optional<Integer> tail, List<String> services) {
    /** All that was logged so far, by all. */
    public static final LogOptions ALL = new LogOptions(false, false, Optional.empty(), Optional.empty(), List.of());

    public LogOptions {
        services = List.copyOf(services);
    }

    List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("logs", "--no-color"));
        if (follow) {
            arguments.add("--follow");
        }
        if (timestamps) {
            arguments.add("--timestamps");
        }
        since.ifPresent(value -> arguments.addAll(List.of("--since", value)));
        tail.ifPresent(value -> arguments.addAll(List.of("--tail", value.toString())));
        arguments.addAll(ServiceName.checked(services));
        return arguments;
    }
}
