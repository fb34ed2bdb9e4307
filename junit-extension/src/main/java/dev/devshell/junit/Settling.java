package dev.devshell.junit;

import dev.devshell.DevshellException;
import dev.devshell.Service;
import dev.devshell.Service.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Waits until one service has settled. */
final class Settling {
    private static final int PAUSE_MILLIS = 50;
    private static final Set<Condition> UNSETTLED =
            EnumSet.of(Condition.UNHEALTHY, Condition.STARTING, Condition.RESTARTING);

    private final Running running;
    private final DevService service;
    private final WaitFor wait;

    private Settling(Running running, DevService service, WaitFor wait) {
        this.running = running;
        this.service = service;
        this.wait = wait;
    }

    static Settling of(Running running, String name, Settings settings) {
        WaitFor wait = settings.waits().getOrDefault(name, WaitFor.health());
        return new Settling(running, running.service(name, settings, Scope.NONE), wait);
    }

    void awaitReady(Duration timeout) {
        await(wait, Instant.EPOCH, new Deadline(timeout));
    }

    /** @param since when it was last seen settled, or an edit was sent */
    void awaitAfter(Instant since, Duration timeout) {
        await(wait, since, new Deadline(timeout));
    }

    private void await(WaitFor part, Instant since, Deadline deadline) {
        if (part instanceof WaitFor.All all) {
            all.parts().forEach(each -> await(each, since, deadline));
        } else if (part instanceof WaitFor.Log log) {
            if (!new LogSearch(running.project(), service.name(), log.pattern()).found(since, deadline.left())) {
                throw late(part, deadline, null);
            }
        } else if (part instanceof WaitFor.Healthy) {
            poll(part, deadline, this::isHealthy);
        } else if (part instanceof WaitFor.Port port) {
            poll(part, deadline, () -> Probe.takesConnections(service.host(port.port()), service.port(port.port())));
        } else if (part instanceof WaitFor.Http http) {
            poll(part, deadline, () -> Probe.answers(service.url(http.port(), http.path()), deadline.left()));
        } else if (part instanceof WaitFor.Until until) {
            poll(part, deadline, () -> until.condition().test(service));
        }
    }

    private boolean isHealthy() {
        return service.state().containers().stream()
                .filter(container -> !container.oneOff())
                .noneMatch(container -> UNSETTLED.contains(container.condition()));
    }

    private void poll(WaitFor part, Deadline deadline, BooleanSupplier condition) {
        RuntimeException last = null;
        while (true) {
            try {
                if (condition.getAsBoolean()) {
                    return;
                }
                last = null;
            } catch (DevshellException.Usage e) {
                // No waiting helps against a port that is not published.
                throw e;
            } catch (DevshellException.Interrupted e) {
                throw e;
            } catch (RuntimeException e) {
                last = e;
            }
            if (deadline.left().isZero()) {
                throw late(part, deadline, last);
            }
            pause();
        }
    }

    private DevshellException late(WaitFor part, Deadline deadline, @Nullable RuntimeException last) {
        Service now = service.state();
        StringBuilder why = new StringBuilder(
                "waited for " + part + "; it is " + now.condition().toString().toLowerCase(java.util.Locale.ROOT));
        now.containers().stream()
                .map(Service.Instance::detail)
                .filter(detail -> !detail.isEmpty())
                .findFirst()
                .ifPresent(detail -> why.append(": ").append(detail));
        return new DevshellException.Failed(
                "NOT-SETTLED",
                "the service \"" + service.name() + "\" has not settled after "
                        + deadline.total().toSeconds() + " s",
                why.toString(),
                "devshell logs " + service.name() + "; or give it longer, or something else to wait for",
                last);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevshellException.Interrupted("interrupted while a service settled");
        }
    }

    /** When waiting ends. */
    private record Deadline(Duration total, long end) {
        Deadline(Duration total) {
            this(total, System.nanoTime() + total.toNanos());
        }

        Duration left() {
            return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
        }
    }
}
