package dev.devshell.logs;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Which lines of a project.
 *
 * @param services none: all
 * @param since from then on, by the engine's clock
 * @param tail only so many of each container, of those that the engine has
 */
public record LogQuery(Set<String> services, Optional<Instant> since, OptionalInt tail) {
    /** All that there are. */
    public static final LogQuery ALL = new LogQuery(Set.of(), Optional.empty(), OptionalInt.empty());

    public LogQuery {
        services = Set.copyOf(services);
    }

    public static LogQuery of(Collection<String> services) {
        return new LogQuery(Set.copyOf(services), Optional.empty(), OptionalInt.empty());
    }

    public LogQuery since(Instant instant) {
        return new LogQuery(services, Optional.of(instant), tail);
    }

    public LogQuery tail(int lines) {
        return new LogQuery(services, since, OptionalInt.of(lines));
    }

    boolean asksFor(String service) {
        return services.isEmpty() || services.contains(service);
    }
}
