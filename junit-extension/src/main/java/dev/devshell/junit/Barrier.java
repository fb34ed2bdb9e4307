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
 * that received something, or was started, since it was last seen settled has settled again.
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
     * @param starts when each of its containers was started last
     */
    private record Seen(Map<String, Long> edits, Map<String, String> starts, Instant when) {
        boolean isStill(Map<String, Long> nowEdits, Map<String, String> nowStarts) {
            return edits.equals(nowEdits) && starts.equals(nowStarts);
        }
    }

    /** Waits until services that were just booted are ready. */
    void booted(Settings settings, Collection<String> services) {
        long deadline = System.nanoTime() + settings.boot().toNanos();
        for (String service : services) {
            Seen seen = new Seen(
                    received().getOrDefault(service, Map.of()),
                    starts().getOrDefault(service, Map.of()),
                    Instant.now());
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
        Map<String, Map<String, String>> started = starts();
        for (String service : services) {
            Map<String, Long> edits = received.getOrDefault(service, Map.of());
            Map<String, String> starts = started.getOrDefault(service, Map.of());
            Seen last = settled.get(service);
            if (last == null || !last.isStill(edits, starts)) {
                Instant since = last == null ? Instant.EPOCH : last.when();
                Settling.of(running, service, settings)
                        .awaitAfter(since, Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
                settled.put(service, new Seen(edits, starts, before));
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

    private Map<String, Map<String, String>> starts() {
        Map<String, Map<String, String>> starts = new HashMap<>();
        for (Service service : running.project().session().services()) {
            for (Service.Instance container : service.containers()) {
                if (!container.oneOff()) {
                    starts.computeIfAbsent(service.name(), name -> new HashMap<>())
                            .put(container.containerId(), container.since());
                }
            }
        }
        return starts;
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
