package dev.devshell.watch;

import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import dev.devshell.Service;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Waits until what was saved is in the containers, and these have got over it. */
final class Landing {
    private static final Duration TO_LAND = Duration.ofSeconds(15);
    private static final long TO_SETTLE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int PAUSE_MILLIS = 25;
    private static final Set<Service.Condition> ON_THE_WAY =
            Set.of(Service.Condition.STARTING, Service.Condition.RESTARTING, Service.Condition.CREATED);

    private final DevSession session;

    Landing(DevSession session) {
        this.session = session;
    }

    /**
     * Waits; a service that is ill when it has settled is the tests' business.
     *
     * @throws DevshellException.Failed {@code SYNC-BEHIND} when it does not land in time
     */
    void await(Collection<String> services, Stages stages) {
        session.sync().flush(TO_LAND);
        stages.reached("synced");
        long began = System.nanoTime();
        while (isOnTheWay(services) && System.nanoTime() - began < TO_SETTLE_NANOS) {
            pause();
        }
        stages.took("settled", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    }

    private boolean isOnTheWay(Collection<String> services) {
        List<Service> all = session.services();
        return all.stream()
                .filter(service -> services.contains(service.name()))
                .anyMatch(service -> ON_THE_WAY.contains(service.condition()));
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevshellException.Interrupted("interrupted");
        }
    }
}
