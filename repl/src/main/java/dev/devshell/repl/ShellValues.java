package dev.devshell.repl;

import dev.devshell.Service;
import dev.devshell.repl.completion.Values;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jline.reader.Candidate;

/** What the labels of devshell's commands stand for, as it is now. */
final class ShellValues implements Values {
    private final Supplier<List<Service>> services;
    private final Values containerPaths;
    private final Values hostPaths;

    /**
     * @param services as they were last seen
     */
    ShellValues(Supplier<List<Service>> services, Values containerPaths, Values hostPaths) {
        this.services = services;
        this.containerPaths = containerPaths;
        this.hostPaths = hostPaths;
    }

    @Override
    public List<Candidate> of(Asked asked) {
        return switch (asked.label()) {
            case "SERVICE" ->
                services.get().stream().map(ShellValues::candidate).toList();
            case "SERVICE|on|off|errors" ->
                Stream.concat(
                                services.get().stream().map(ShellValues::candidate),
                                Stream.of(ShellLogs.Wish.values()).map(ShellValues::candidate))
                        .toList();
            case "PORT" -> ports(asked);
            case "CMD" -> containerPaths.of(asked);
            case "PATH" -> hostPaths.of(asked);
            default -> List.of();
        };
    }

    private static Candidate candidate(Service service) {
        return new Candidate(service.name(), service.name(), "services", state(service), null, null, true);
    }

    private static Candidate candidate(ShellLogs.Wish wish) {
        String word = LogWish.word(wish);
        return new Candidate(word, word, "above the prompt", null, null, null, true);
    }

    /** Returns how a service does in a few words, such as {@code running, 2 ports}. */
    static String state(Service service) {
        String word = service.condition() == Service.Condition.ABSENT
                ? "not started"
                : service.condition().name().toLowerCase(Locale.ROOT);
        long ports = published(service).count();
        if (ports > 0) {
            return word + ", " + ports + (ports == 1 ? " port" : " ports");
        }
        return service.waitsFor().isEmpty() ? word : word + ", waits for " + String.join(", ", service.waitsFor());
    }

    private List<Candidate> ports(Asked asked) {
        return services.get().stream()
                .filter(service -> asked.before().contains(service.name()))
                .flatMap(ShellValues::published)
                .map(port ->
                        new Candidate(Integer.toString(port), Integer.toString(port), "ports", null, null, null, true))
                .toList();
    }

    private static Stream<Integer> published(Service service) {
        return service.containers().stream()
                .flatMap(instance -> instance.ports().stream())
                .filter(port -> port.host() > 0)
                .map(Service.Port::container)
                .distinct();
    }
}
