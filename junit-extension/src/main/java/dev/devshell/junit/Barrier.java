package dev.devshell.junit;

import dev.devshell.Service;
import dev.devshell.SyncStatus.Replica;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets a test begin when its containers have what the editor shows: everything that was saved is in every replica, and each service
 * that received something since it was last seen settled has settled again.
 */
final class Barrier {
    private final Running running;
    private final Map<String, Seen> settled = new ConcurrentHashMap<>();

    Barrier(Running running) {
        this.running = running;
    }

    /**
     * How far a service had come when it was seen settled.
     *
     * @param edits that each of its containers had received
     */
    private record Seen(Map<String, Long> edits, Instant when) {}

    /** Waits until services that were just booted are ready. */
    void booted(Settings settings, Collection<String> services) {
        long deadline = System.nanoTime() + settings.boot().toNanos();
        for (String service : services) {
            Seen seen = new Seen(received().getOrDefault(service, Map.of()), Instant.now());
            Settling.of(running, service, settings)
                    .awaitReady(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            settled.put(service, seen);
        }
    }

    /**
     * Waits at most so long.
     *
     * @throws dev.devshell.DevshellException.Failed naming the files that are behind, or what a service has not done
     */
    void pass(Settings settings, Set<String> services, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        Instant before = Instant.now();
        running.project().session().sync().flush(timeout);
        Map<String, Map<String, Long>> received = received();
        for (String service : services) {
            Map<String, Long> edits = received.getOrDefault(service, Map.of());
            Seen last = settled.get(service);
            if (last == null || !last.edits().equals(edits)) {
                Instant since = last == null ? Instant.EPOCH : last.when();
                Settling.of(running, service, settings)
                        .awaitAfter(since, Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
                settled.put(service, new Seen(edits, before));
            }
        }
    }

    private Map<String, Map<String, Long>> received() {
        Map<String, Map<String, Long>> received = new HashMap<>();
        for (Replica replica : running.project().session().sync().status().replicas()) {
            received.computeIfAbsent(replica.service(), name -> new HashMap<>())
                    .put(replica.containerId(), replica.toContainer().edits());
        }
        return received;
    }

    /** Returns whether nothing is on its way to or from a service's containers. */
    boolean isQuiet(Service service) {
        Set<String> ids = new java.util.HashSet<>();
        service.containers().forEach(container -> ids.add(container.containerId()));
        return running.project().session().sync().status().replicas().stream()
                .filter(replica -> ids.contains(replica.containerId()))
                .allMatch(replica -> replica.state() == dev.devshell.SyncStatus.State.READY && replica.waiting() == 0);
    }
}
