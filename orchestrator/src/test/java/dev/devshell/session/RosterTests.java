package dev.devshell.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devshell.DevshellException;
import dev.devshell.Notice;
import dev.devshell.engine.Container;
import dev.devshell.engine.ContainerEvent;
import dev.devshell.engine.ContainerEvent.Kind;
import dev.devshell.sync.plan.HostPath;
import dev.devshell.sync.plan.Policy;
import dev.devshell.sync.plan.Root;
import dev.devshell.sync.plan.SyncPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RosterTests {
    private final FakeEngine engine = new FakeEngine();
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());
    private CompletableFuture<Void> caughtUp = CompletableFuture.completedFuture(null);
    private String target = "/app";
    private final Notices notices = new Notices();
    private final Roster roster = new Roster(
            engine,
            "blog",
            this::plan,
            new Replicas() {
                @Override
                public CompletableFuture<Void> attach(Container container, ServicePlan plan) {
                    done.add("attach " + container.id());
                    return caughtUp;
                }

                @Override
                public void detach(String containerId) {
                    done.add("detach " + containerId);
                }
            },
            notices);

    private Optional<ServicePlan> plan(Container container) {
        if (container.service().equals("broken")) {
            throw new DevshellException.Failed(
                    "DOCKERFILE-SYNTAX", "unable to read Dockerfile", "line 2", "correct it");
        }
        if (container.service().equals("db")) {
            return Optional.empty();
        }
        Root root = new Root(
                target, true, new HostPath(Path.of("/p"), ""), Root.Flow.BOTH, List.of(), List.of(), "", -1, "");
        SyncPlan sync = new SyncPlan(List.of(root), List.of(), Policy.HOST, List.of());
        ServicePlan.Mapping mapping = new ServicePlan.Mapping(1, "", "", "", target, true, "");
        return Optional.of(new ServicePlan(
                container.service(),
                "Dockerfile",
                "",
                List.of(mapping),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                sync));
    }

    @AfterEach
    void close() {
        roster.close();
    }

    /** Waits for what was told before. */
    private void settle() throws Exception {
        roster.caughtUp(container -> false).get(10, TimeUnit.SECONDS);
    }

    @Test
    void attachesWhatRunsAlreadyAndWhatStarts() throws Exception {
        engine.run("a", "web", 1);
        engine.run("d", "db", 1);
        roster.accept(new ContainerEvent.Resync());
        engine.run("b", "worker", 2);
        roster.accept(FakeEngine.event(Kind.START, "b", "worker"));
        settle();

        assertThat(done).containsExactly("attach a", "attach b");
    }

    @Test
    void attachesAnewAfterARestartEvenIfItsEndWasMissed() throws Exception {
        engine.run("a", "web", 1);
        roster.accept(new ContainerEvent.Resync());
        settle();
        engine.run("a", "web", 5);
        roster.accept(new ContainerEvent.Resync());
        settle();

        assertThat(done).containsExactly("attach a", "detach a", "attach a");
    }

    @Test
    void detachesWhatEndsAndWhatIsGoneAfterAnEngineCrash() throws Exception {
        engine.run("a", "web", 1);
        engine.run("b", "worker", 1);
        roster.accept(new ContainerEvent.Resync());
        settle();
        engine.stop("a", "web");
        roster.accept(FakeEngine.event(Kind.DIE, "a", "web"));
        roster.accept(new ContainerEvent.Lost("the engine ended it"));
        engine.remove("b");
        roster.accept(new ContainerEvent.Resync());
        settle();

        assertThat(done).containsExactly("attach a", "attach b", "detach a", "detach b");
    }

    @Test
    void isReadyOnlyWhenTheChosenHaveCaughtUp() {
        caughtUp = new CompletableFuture<>();
        engine.run("a", "web", 1);

        CompletableFuture<Void> ready =
                roster.caughtUp(container -> container.service().equals("web"));

        assertThat(ready).isNotDone();
        caughtUp.complete(null);
        assertThat(ready).succeedsWithin(10, TimeUnit.SECONDS);
    }

    @Test
    void tellsWhyAContainerIsNotSynced() {
        engine.run("a", "broken", 1);

        assertThatThrownBy(() -> roster.caughtUp(container -> true).get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(DevshellException.Failed.class)
                .hasMessageContaining("unable to read Dockerfile");
        assertThat(done).isEmpty();
        assertThat(notices.standing()).extracting(Notice::service).containsExactly("broken");
        assertThat(notices.standing()).extracting(Notice::code).containsExactly("DOCKERFILE-SYNTAX");

        engine.stop("a", "broken");
        roster.accept(FakeEngine.event(Kind.DIE, "a", "broken"));
        assertThat(roster.caughtUp(container -> false)).succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(notices.standing()).isEmpty();
    }

    @Test
    void attachesAnewOnlyWhereThePlanHasChanged() throws Exception {
        engine.run("a", "web", 1);
        roster.accept(new ContainerEvent.Resync());
        roster.renew();
        settle();
        assertThat(done).containsExactly("attach a");

        target = "/srv";
        roster.renew();
        settle();
        assertThat(done).containsExactly("attach a", "attach a");
    }
}
