package dev.devshell.page;

import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import dev.devshell.Service;
import dev.devshell.SyncStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Tells how services and sync stand, once a second while somebody listens, and only what is another than before. */
final class StateFeed implements AutoCloseable {
    private static final int EVERY_MILLIS = 1000;
    private static final int VERSIONS = 200;

    private final DevSession session;
    private final Audience audience;
    private final Samples samples = new Samples();
    private final Map<String, String> told = new HashMap<>();
    private final Semaphore asked = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    StateFeed(DevSession session, Audience audience) {
        this.session = session;
        this.audience = audience;
        this.thread = Threads.start("state", this::run);
    }

    /** Tells a new listener all that the others know. */
    void greet(Listener listener) {
        synchronized (told) {
            told.forEach((kind, json) -> listener.tell(new Message(kind, json, true, 1)));
        }
        listener.tell(Message.state("samples", samples.all()));
        look();
    }

    /** Has it look at once: something was done. */
    void look() {
        asked.release();
    }

    private void run() {
        try {
            while (!closed) {
                if (!audience.isEmpty()) {
                    tellAll();
                }
                boolean early = asked.tryAcquire(EVERY_MILLIS, TimeUnit.MILLISECONDS);
                if (early) {
                    asked.drainPermits();
                }
            }
        } catch (InterruptedException | DevshellException.Interrupted e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellAll() {
        try {
            SyncStatus status = session.sync().status();
            tell("sync", sync(status));
            tell("services", services(session.services()));
            audience.tell(Message.event("sample", samples.add(status, System.currentTimeMillis())));
            boolean conflicts = status.replicas().stream().anyMatch(replica -> replica.conflicts() > 0);
            tell("conflicts", conflicts ? Conflicts.list(session.sync().conflicts()) : List.of());
            tell("history", session.sync().history(Optional.empty(), VERSIONS));
            tell("trouble", Map.of());
        } catch (DevshellException.Interrupted e) {
            throw e;
        } catch (DevshellException e) {
            tell("trouble", Answer.fault(e));
        }
    }

    private void tell(String kind, Object value) {
        Message message = Message.state(kind, value);
        synchronized (told) {
            if (message.json().equals(told.put(kind, message.json()))) {
                return;
            }
        }
        audience.tell(message);
    }

    private Map<String, Object> sync(SyncStatus status) {
        return PageJson.object(
                "project", session.project(),
                "directory", session.directory(),
                "paused", status.paused(),
                "settled", status.settled(),
                "replicas", status.replicas(),
                "problems", status.problems(),
                "notices", status.notices(),
                "watches", status.watches());
    }

    private static List<Object> services(List<Service> services) {
        List<Object> all = new ArrayList<>();
        for (Service service : services) {
            all.add(PageJson.object(
                    "name", service.name(),
                    "condition", service.condition(),
                    "waitsFor", service.waitsFor(),
                    "containers", service.containers()));
        }
        return all;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
