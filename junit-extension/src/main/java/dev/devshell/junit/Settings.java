package dev.devshell.junit;

import dev.devshell.UpOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a test class asks for.
 *
 * @param services that it needs, with what they depend on; none is all
 * @param waits by service
 * @param origin for people: the class, or the builder
 */
record Settings(
        ProjectKey key,
        List<String> services,
        Map<String, WaitFor> waits,
        Duration boot,
        Duration barrier,
        boolean disabledWithoutDocker,
        String origin) {
    static final Duration BOOT = UpOptions.DEFAULT_TIMEOUT;
    static final Duration BARRIER = Duration.ofSeconds(15);

    Settings {
        services = List.copyOf(services);
        waits = Map.copyOf(waits);
        positive("the time to boot", boot);
        positive("the time of the barrier", barrier);
    }

    private static void positive(String name, Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException(name + " is positive, but was: " + time);
        }
    }
}
