package dev.devshell.session;

import dev.devshell.DevshellException;
import dev.devshell.Progress;
import dev.devshell.SyncStatus;
import dev.devshell.UpOptions;
import dev.devshell.compose.Compose;
import dev.devshell.compose.ComposeProject;
import dev.devshell.engine.Container;
import dev.devshell.engine.Engine;
import dev.devshell.engine.ImageFacts;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Boots, rebuilds and restarts a project's services, one change at a time, and waits until they have caught up. */
final class ProjectLife {
    private static final Duration CATCH_UP = Duration.ofMinutes(2);
    private static final Duration BETWEEN_WORDS = Duration.ofSeconds(3);

    private final Compose compose;
    private final Engine engine;
    private final ProjectPlans plans;
    private final Roster roster;
    private final StaleImages images;
    private final Supplier<SyncStatus> status;
    /** Held while the project's life is changed. */
    private final ReentrantLock changing = new ReentrantLock();

    private volatile boolean booted;

    /**
     * @param status how the sync stands
     */
    ProjectLife(
            Compose compose,
            Engine engine,
            ProjectPlans plans,
            Roster roster,
            StaleImages images,
            Supplier<SyncStatus> status) {
        this.compose = compose;
        this.engine = engine;
        this.plans = plans;
        this.roster = roster;
        this.images = images;
        this.status = status;
    }

    boolean isBooted() {
        return booted;
    }

    void up(UpOptions options, Progress progress) {
        change(() -> {
            ComposeProject project = plans.reload(options.services());
            Set<String> names = project.withDependencies(options.services());
            Map<String, ServicePlan> checked = plans.check(names);
            if (options.build()) {
                build(checked, progress);
            }
            try {
                compose.up(project, translated(options), progress::tell);
                booted = true;
            } catch (DevshellException.Unhealthy e) {
                // What runs is in sync: an edit may be what heals it.
                booted = true;
                throw e;
            }
            awaitCaughtUp(names, progress);
        });
    }

    private void build(Map<String, ServicePlan> checked, Progress progress) {
        List<String> built = checked.keySet().stream()
                .filter(name -> plans.project().require(name).build().isPresent())
                .toList();
        if (built.isEmpty()) {
            return;
        }
        Map<String, Map<String, String>> from = new HashMap<>();
        built.forEach(name -> from.put(name, StaleImages.before(Objects.requireNonNull(checked.get(name)))));
        compose.build(built, false, progress::tell);
        from.forEach((name, states) ->
                engine.image(imageOf(name)).map(ImageFacts::id).ifPresent(id -> images.built(name, id, states)));
    }

    private String imageOf(String service) {
        ComposeProject project = plans.project();
        return project.require(service).image().orElse(project.name() + "-" + service);
    }

    private static dev.devshell.compose.UpOptions translated(UpOptions options) {
        return new dev.devshell.compose.UpOptions(
                options.services(),
                options.build()
                        ? dev.devshell.compose.UpOptions.Build.NEVER
                        : dev.devshell.compose.UpOptions.Build.MISSING,
                options.recreate(),
                false,
                options.scale(),
                true,
                Optional.of(options.timeout()));
    }

    void rebuild(List<String> services, Progress progress) {
        change(() -> {
            ComposeProject project = plans.reload(services);
            List<String> named =
                    services.isEmpty() ? List.copyOf(project.services().keySet()) : services;
            named.forEach(project::require);
            build(plans.check(named), progress);
            UpOptions options = new UpOptions(services, true, false, scale(named), UpOptions.DEFAULT_TIMEOUT);
            compose.up(project, translated(options), progress::tell);
            awaitCaughtUp(project.withDependencies(services), progress);
        });
    }

    /** A rebuild is no reason to have other than as many replicas as there are. */
    private Map<String, Integer> scale(List<String> services) {
        return engine.containers(plans.project().name()).stream()
                .filter(container -> !container.oneOff() && services.contains(container.service()))
                .collect(Collectors.groupingBy(Container::service, Collectors.summingInt(container -> 1)))
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue() > 1)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    void restart(List<String> services, Progress progress) {
        change(() -> {
            ComposeProject project = plans.project();
            services.forEach(project::require);
            compose.restart(services, progress::tell);
            compose.await(project, services, Optional.of(UpOptions.DEFAULT_TIMEOUT), progress::tell);
            awaitCaughtUp(services.isEmpty() ? project.services().keySet() : Set.copyOf(services), progress);
        });
    }

    private void change(Runnable action) {
        try {
            changing.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevshellException.Interrupted("interrupted");
        }
        try {
            action.run();
        } finally {
            changing.unlock();
        }
    }

    /** Ready is what has caught up (sync.md, Attach). */
    private void awaitCaughtUp(Collection<String> names, Progress progress) {
        Future<Void> caughtUp = roster.caughtUp(container -> names.contains(container.service()));
        long deadline = System.nanoTime() + CATCH_UP.toNanos();
        try {
            while (true) {
                long left = Math.max(0, deadline - System.nanoTime());
                try {
                    caughtUp.get(Math.min(left, BETWEEN_WORDS.toNanos()), TimeUnit.NANOSECONDS);
                    return;
                } catch (TimeoutException e) {
                    if (left == 0) {
                        throw e;
                    }
                    behind().forEach(progress::tell);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevshellException.Interrupted("interrupted while the containers caught up");
        } catch (ExecutionException e) {
            throw failed(Objects.requireNonNullElse(e.getCause(), e));
        } catch (TimeoutException e) {
            throw new DevshellException.Failed(
                    "SYNC-BEHIND",
                    "the containers have not caught up after " + CATCH_UP.toSeconds() + " s",
                    "the first sync still goes on",
                    "devshell sync status",
                    e);
        }
    }

    private List<String> behind() {
        return status.get().replicas().stream()
                .filter(replica -> replica.waiting() > 0)
                .map(replica -> "Syncing " + replica.service() + ": " + replica.waiting() + " paths to go")
                .toList();
    }

    private static RuntimeException failed(Throwable cause) {
        if (cause instanceof DevshellException known) {
            return known;
        }
        return new DevshellException.Failed(
                "SYNC-FAILED",
                "the code could not be brought into the containers",
                String.valueOf(cause.getMessage()),
                "devshell sync status",
                cause);
    }
}
