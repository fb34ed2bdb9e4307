package dev.devshell.session;

import dev.devshell.DevshellException;
import dev.devshell.Notice;
import dev.devshell.engine.Container;
import dev.devshell.engine.ContainerEvent;
import dev.devshell.engine.Engine;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows which containers of a project run, and keeps each of them attached to the sync.
 *
 * <p>Events and questions become tasks of one thread, which alone owns the list. A container is attached as soon as it has
 * started, while its health is still waited for: it must not serve old code for longer than it takes to catch up.
 */
final class Roster implements Consumer<ContainerEvent>, Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Roster.class);

    private final Engine engine;
    private final String project;
    private final Plans plans;
    private final Replicas replicas;
    private final Notices notices;
    private final ExecutorService loop = Executors.newSingleThreadExecutor(Roster::thread);
    private final Map<String, Member> members = new HashMap<>();

    Roster(Engine engine, String project, Plans plans, Replicas replicas, Notices notices) {
        this.engine = engine;
        this.project = project;
        this.plans = plans;
        this.replicas = replicas;
        this.notices = notices;
    }

    /**
     * A container that is attached.
     *
     * @param start tells one run of the container from the next
     * @param plan its name; empty where it could not be told
     */
    private record Member(Container container, String start, String plan, CompletableFuture<Void> caughtUp) {}

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "devshell-roster");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void accept(ContainerEvent event) {
        if (event instanceof ContainerEvent.Resync) {
            execute(this::lookAtAll);
        } else if (event instanceof ContainerEvent.Lost lost) {
            LOG.info("the engine does not answer ({}); the sync goes on when it does", lost.why());
        } else if (event instanceof ContainerEvent.Happened happened) {
            execute(() -> take(happened));
        }
    }

    private void execute(Runnable task) {
        try {
            loop.execute(() -> guarded(task));
        } catch (RejectedExecutionException e) {
            LOG.debug("an event came after the end");
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (DevshellException e) {
            LOG.warn("{}: {}", e.what(), e.why());
        } catch (RuntimeException e) {
            LOG.error("the roster could not take an event", e);
        }
    }

    private void take(ContainerEvent.Happened event) {
        switch (event.kind()) {
            case START -> engine.container(event.containerId()).ifPresent(this::look);
            case DIE, DESTROY -> drop(event.containerId());
            case CREATE, STOP, KILL, OOM, PAUSE, UNPAUSE, HEALTH, RENAME -> {}
        }
    }

    /** Compares what is attached with what runs, for nobody knows what was missed. */
    private void lookAtAll() {
        Set<String> running = new HashSet<>();
        for (Container container : engine.containers(project)) {
            if (container.running()) {
                running.add(container.id());
                look(container);
            }
        }
        Set<String> gone = new HashSet<>(members.keySet());
        gone.removeAll(running);
        gone.forEach(this::drop);
    }

    private void look(Container container) {
        String start = container.run().startedAt().map(Object::toString).orElse("");
        Member known = members.get(container.id());
        if (!container.running() || (known != null && known.start().equals(start))) {
            return;
        }
        if (known != null) {
            drop(container.id());
        }
        CompletableFuture<Void> caughtUp;
        String name = "";
        try {
            Optional<ServicePlan> plan = plans.of(container);
            if (plan.isEmpty()) {
                return;
            }
            LOG.info("attaching {}", container.name());
            name = name(plan.get());
            caughtUp = replicas.attach(container, plan.get());
        } catch (DevshellException e) {
            LOG.warn("{} is not synced: {}: {}", container.name(), e.what(), e.why());
            caughtUp = CompletableFuture.failedFuture(e);
        }
        members.put(container.id(), new Member(container, start, name, caughtUp));
        sayFailure(container, caughtUp);
    }

    /** Who is not there when it happens finds it in the status. */
    private void sayFailure(Container container, CompletableFuture<Void> caughtUp) {
        if (!caughtUp.isCompletedExceptionally()) {
            return;
        }
        var unused = caughtUp.exceptionally(failure -> {
            if (cause(failure) instanceof DevshellException known) {
                notices.stands(container.id(), Notice.of(container.service(), known));
            }
            return null;
        });
    }

    private void drop(String id) {
        Member member = members.remove(id);
        if (member != null) {
            LOG.info("detaching {}", member.container().name());
            replicas.detach(id);
            notices.gone(id);
        }
    }

    /** Attaches what runs by now, then completes when every container of these services has caught up. */
    CompletableFuture<Void> caughtUp(Predicate<Container> chosen) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        try {
            loop.execute(() -> tell(result, chosen));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new DevshellException.Interrupted("the session has ended"));
        }
        return result;
    }

    private void tell(CompletableFuture<Void> result, Predicate<Container> chosen) {
        try {
            var unused = caughtUpNow(chosen).whenComplete((done, failure) -> {
                if (failure == null) {
                    result.complete(null);
                } else {
                    result.completeExceptionally(cause(failure));
                }
            });
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    private CompletableFuture<Void> caughtUpNow(Predicate<Container> chosen) {
        lookAtAll();
        List<CompletableFuture<Void>> futures = new ArrayList<>();
        for (Member member : members.values()) {
            if (chosen.test(member.container())) {
                futures.add(member.caughtUp());
            }
        }
        return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new));
    }

    /** Attaches anew whatever has another plan now; where the new one cannot be told, the old one stays in force. */
    void renew() {
        execute(() -> {
            List<Member> others = List.copyOf(members.values()).stream()
                    .filter(this::hasAnotherPlan)
                    .toList();
            if (!others.isEmpty()) {
                replicas.settle();
            }
            others.forEach(this::attachAnew);
            lookAtAll();
            others.stream()
                    .map(member -> member.container().service())
                    .distinct()
                    .forEach(this::sayRenewed);
        });
    }

    /** Not by detaching it first: what the sync knows of it goes on under the other plan. */
    private void attachAnew(Member member) {
        String id = member.container().id();
        members.remove(id);
        notices.gone(id);
        look(member.container());
        if (!members.containsKey(id)) {
            replicas.detach(id);
        }
    }

    private boolean hasAnotherPlan(Member member) {
        String service = member.container().service();
        try {
            Optional<ServicePlan> now = plans.of(member.container());
            notices.gone("plan " + service);
            boolean another = !now.map(Roster::name).orElse("").equals(member.plan());
            if (!another) {
                now.ifPresent(plan -> replicas.renew(member.container(), plan));
            }
            return another;
        } catch (DevshellException e) {
            notices.stands("plan " + service, refused(service, e));
            return false;
        }
    }

    static Notice refused(String service, DevshellException e) {
        String of = service.isEmpty() ? "the project" : "'" + service + "'";
        return new Notice(
                "PLAN-REFUSED",
                service,
                "what maps where in " + of + " stays as it was",
                e.what() + (e.why().isEmpty() ? "" : "\n" + e.why()),
                e.next(),
                List.of());
    }

    private void sayRenewed(String service) {
        notices.tell(new Notice(
                "PLAN-CHANGED",
                service,
                "what maps where in '" + service + "' has changed",
                "",
                "devshell sync plan " + service,
                List.of()));
    }

    /** Returns what tells one plan from another, for whoever syncs by it. */
    private static String name(ServicePlan plan) {
        List<String> metadata = plan.sync().roots().stream()
                .map(root -> root.owner() + ":" + root.mode())
                .toList();
        return plan.sync().fingerprint() + plan.sync().policy() + metadata;
    }

    /** Takes no more events; what is attached stays so. */
    @Override
    public void close() {
        loop.shutdown();
    }
}
