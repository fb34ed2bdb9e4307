package dev.devshell.compose;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a project is brought up.
 *
 * @param services none: all
 * @param untilReady whether to wait until the services are ready, not only started
 * @param waitTimeout how long the started services may take to become healthy, beyond what {@code depends_on} waits for;
 *     empty: as long as their health checks take
 */
public record UpOptions(
        List<String> services,
        Build build,
        boolean forceRecreate,
        boolean removeOrphans,
        Map<String, Integer> scale,
        boolean untilReady,
        Optional<Duration> waitTimeout) {
    /** Everything, images built where they are missing, until all is healthy. */
    public static final UpOptions ALL =
            new UpOptions(List.of(), Build.MISSING, false, false, Map.of(), true, Optional.empty());

    public UpOptions {
        services = List.copyOf(services);
        scale = Map.copyOf(scale);
    }

    public UpOptions withServices(List<String> changed) {
        return new UpOptions(changed, build, forceRecreate, removeOrphans, scale, untilReady, waitTimeout);
    }

    public UpOptions withBuild(Build changed) {
        return new UpOptions(services, changed, forceRecreate, removeOrphans, scale, untilReady, waitTimeout);
    }

    public UpOptions withForceRecreate() {
        return new UpOptions(services, build, true, removeOrphans, scale, untilReady, waitTimeout);
    }

    public UpOptions withScale(Map<String, Integer> changed) {
        return new UpOptions(services, build, forceRecreate, removeOrphans, changed, untilReady, waitTimeout);
    }

    public UpOptions withWaitTimeout(Duration changed) {
        return new UpOptions(services, build, forceRecreate, removeOrphans, scale, untilReady, Optional.of(changed));
    }

    public UpOptions withoutWait() {
        return new UpOptions(services, build, forceRecreate, removeOrphans, scale, false, waitTimeout);
    }

    /** Which images are built first. */
    public enum Build {
        /** Those that are missing. */
        MISSING,
        /** All, from the cache as far as it goes. */
        ALWAYS,
        /** None: one that is missing is an error. */
        NEVER
    }
}
