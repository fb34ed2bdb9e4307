package dev.devshell;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a project is booted.
 *
 * @param services those to boot with what they depend on; empty is all of the project
 * @param build whether images are built first
 * @param recreate whether containers are made anew though nothing of theirs changed
 * @param scale how many replicas of a service, where that is not as the Compose file says
 * @param timeout until every service has to be healthy and in sync
 */
public record UpOptions(
        List<String> services, boolean build, boolean recreate, Map<String, Integer> scale, Duration timeout) {
    /** Long enough for a cold database; what fails for good is seen before. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(5);

    public UpOptions {
        services = List.copyOf(services);
        scale = Map.copyOf(scale);
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("a timeout is positive, but was: " + timeout);
        }
    }

    /** Everything, built where needed. */
    public static UpOptions all() {
        return new UpOptions(List.of(), true, false, Map.of(), DEFAULT_TIMEOUT);
    }
}
