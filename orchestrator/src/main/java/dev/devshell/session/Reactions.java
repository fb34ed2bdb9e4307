package dev.devshell.session;

import dev.devshell.DevshellException;
import dev.devshell.Notice;
import dev.devshell.compose.WatchRule;
import java.io.Closeable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rebuilds, restarts and runs commands because files have changed: once it has been quiet for a moment, one thing at a time,
 * after the change itself has arrived.
 */
final class Reactions implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Reactions.class);

    private final Life life;
    private final Notices notices;
    private final Duration quiet;
    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor(Reactions::thread);
    private Map<String, Wanted> wanted = new LinkedHashMap<>();
    private @Nullable ScheduledFuture<?> next;

    Reactions(Life life, Notices notices, Duration quiet) {
        this.life = life;
        this.notices = notices;
        this.quiet = quiet;
    }

    /** What a service's changes ask for. */
    private static final class Wanted {
        private boolean rebuild;
        private boolean rebuildStale;
        private boolean restart;
        private final Set<WatchRule> execs = new LinkedHashSet<>();
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "devshell-reactions");
        thread.setDaemon(true);
        return thread;
    }

    /** Takes an image's staleness where it is to be dealt with at once; nothing happens if it is not stale any more by then. */
    synchronized void rebuildStale(String service) {
        of(service).rebuildStale = true;
        later();
    }

    /** Takes a change that a rule speaks of. */
    synchronized void take(String service, WatchRule rule) {
        Wanted of = of(service);
        switch (rule.action()) {
            case REBUILD -> of.rebuild = true;
            case RESTART, SYNC_RESTART -> of.restart = true;
            case SYNC_EXEC -> of.execs.add(rule);
            case SYNC -> {
                return;
            }
        }
        later();
    }

    private Wanted of(String service) {
        return wanted.computeIfAbsent(service, missing -> new Wanted());
    }

    private void later() {
        if (next != null) {
            next.cancel(false);
        }
        try {
            next = loop.schedule(this::run, quiet.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("a change came after the end");
        }
    }

    private synchronized Map<String, Wanted> take() {
        Map<String, Wanted> taken = wanted;
        wanted = new LinkedHashMap<>();
        return taken;
    }

    private void run() {
        Map<String, Wanted> taken = take();
        if (taken.isEmpty()) {
            return;
        }
        try {
            life.flush();
        } catch (DevshellException e) {
            taken.keySet().forEach(service -> failed("SYNC-BEHIND", service, "'" + service + "' is left as it is", e));
            return;
        }
        taken.forEach(this::react);
    }

    /** A new container has the new files, and is a restart too. */
    private void react(String service, Wanted of) {
        boolean rebuild = of.rebuild || (of.rebuildStale && life.isStale(service));
        if (rebuild) {
            rebuildNow(service);
        } else if (of.restart) {
            attempt(service, "RESTART-FAILED", "'" + service + "' could not be restarted", () -> {
                life.restart(service);
                happened("RESTARTED", service, "'" + service + "' was restarted");
            });
        }
        for (WatchRule rule : rebuild ? List.<WatchRule>of() : of.execs) {
            String command = String.join(" ", rule.exec().command());
            attempt(service, "EXEC-FAILED", "'" + command + "' failed in '" + service + "'", () -> {
                life.exec(service, rule);
                happened("EXECUTED", service, "'" + command + "' was run in '" + service + "'");
            });
        }
    }

    private void rebuildNow(String service) {
        happened("REBUILDING", service, "rebuilding '" + service + "'");
        notices.gone("rebuild " + service);
        try {
            life.rebuild(service);
            happened("REBUILT", service, "'" + service + "' was rebuilt");
        } catch (DevshellException e) {
            boolean running = e.code().equals("BUILD-FAILED");
            notices.stands(
                    "rebuild " + service,
                    new Notice(
                            "REBUILD-FAILED",
                            service,
                            "'" + service + "' could not be rebuilt" + (running ? "; its old container runs on" : ""),
                            e.what() + (e.why().isEmpty() ? "" : "\n" + e.why()),
                            "correct it, or: devshell rebuild " + service,
                            List.of()));
        } catch (RuntimeException e) {
            LOG.error("rebuilding {} failed", service, e);
        }
    }

    private void attempt(String service, String code, String what, Runnable action) {
        try {
            action.run();
        } catch (DevshellException e) {
            failed(code, service, what, e);
        } catch (RuntimeException e) {
            LOG.error("{}", what, e);
        }
    }

    private void failed(String code, String service, String what, DevshellException e) {
        String why = e.what() + (e.why().isEmpty() ? "" : "\n" + e.why());
        notices.tell(new Notice(code, service, what, why, e.next(), List.of()));
    }

    private void happened(String code, String service, String what) {
        notices.tell(new Notice(code, service, what, "", "", List.of()));
    }

    /** Takes no more changes, and does not wait for what is under way. */
    @Override
    public void close() {
        loop.shutdownNow();
    }
}
