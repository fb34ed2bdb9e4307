package dev.devshell.repl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devshell.Service;
import dev.devshell.SyncStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BootBoardTests {
    private long nanos;
    private final BootBoard board = new BootBoard("blog", List.of("db", "web"), () -> nanos);
    private final List<String> settled = new ArrayList<>();

    private static Service service(String name, Service.Condition condition, String... waitsFor) {
        List<Service.Instance> containers = condition == Service.Condition.ABSENT
                ? List.of()
                : List.of(new Service.Instance("id", "blog-" + name + "-1", 1, false, condition, 0, "", List.of(), ""));
        return new Service(name, containers, List.of(waitsFor));
    }

    private static Optional<SyncStatus> replica(SyncStatus.State state, int waiting) {
        SyncStatus.Timing none = new SyncStatus.Timing(0, 0);
        SyncStatus.Flow flow = new SyncStatus.Flow(0, 0, 0, none, none, none);
        SyncStatus.Replica replica =
                new SyncStatus.Replica("web", 1, "id", state, 0, waiting, 0, flow, flow, List.of(), List.of(), "");
        return Optional.of(
                new SyncStatus(false, List.of(replica), List.of(), List.of(), new SyncStatus.Watches(0, 0, 0)));
    }

    private List<String> lines(Service... services) {
        return board.lines(List.of(services), Optional.empty());
    }

    @Test
    void tellsTheStepThatEachImageIsAt() {
        board.tell("#5 [db 2/3] RUN apt-get update -qq     && apt-get install -y postgresql");
        board.tell("#12 [web base 3/5] RUN bundle install --local");
        board.tell("#12 0.4 Fetching gem metadata");
        nanos = TimeUnit.MILLISECONDS.toNanos(1500);

        assertThat(lines())
                .containsExactly(
                        "  db   building 2/3  RUN apt-get update -qq     && apt-get install -y postgresql  1.5 s",
                        "  web  building 3/5  RUN bundle install --local  1.5 s");
    }

    @Test
    void knowsWhoseTheOnlyImageIs() {
        BootBoard one = new BootBoard("blog", List.of("web"), () -> nanos);
        one.tell("#6 [2/4] WORKDIR /srv");

        assertThat(one.lines(List.of(), Optional.empty())).containsExactly("  web  building 2/4  WORKDIR /srv  0.0 s");
    }

    @Test
    void tellsWhatAContainerWaitsFor() {
        board.tell(" Container blog-web-1  Created");
        board.tell(" Container blog-db-1  Started");

        assertThat(lines(
                        service("db", Service.Condition.STARTING),
                        service("web", Service.Condition.CREATED, "db to be healthy")))
                .containsExactly("  db   started, not healthy yet  0.0 s", "  web  waits for db to be healthy  0.0 s");
    }

    @Test
    void countsWhatTheFirstSyncHasToCarry() {
        board.tell(" Container blog-web-1  Started");

        assertThat(board.lines(
                        List.of(service("web", Service.Condition.RUNNING)),
                        replica(SyncStatus.State.CATCHING_UP, 12_345)))
                .contains("  web  syncing, 12,345 paths to go  0.0 s");
    }

    @Test
    void takesOffWhatIsReadyWithALastLine() {
        board.tell(" Container blog-db-1  Started");
        board.tell(" Container blog-web-1  Started");
        nanos = TimeUnit.SECONDS.toNanos(4);
        List<Service> services =
                List.of(service("db", Service.Condition.HEALTHY), service("web", Service.Condition.HEALTHY));

        board.settle(services, replica(SyncStatus.State.CATCHING_UP, 3), settled::add);
        assertThat(settled).containsExactly("  db   healthy after 4.0 s");

        board.settle(services, replica(SyncStatus.State.READY, 0), settled::add);
        assertThat(settled).containsExactly("  db   healthy after 4.0 s", "  web  healthy after 4.0 s");
        assertThat(lines()).isEmpty();
    }

    @Test
    void doesNotTakeAContainerOfBeforeForOneThatIsUp() {
        board.settle(List.of(service("db", Service.Condition.HEALTHY)), Optional.empty(), settled::add);

        assertThat(settled).isEmpty();
    }

    @Test
    void sumsUpAtTheEnd() {
        board.finish(settled::add);

        assertThat(settled).containsExactly("  db   up after 0.0 s", "  web  up after 0.0 s");
        assertThat(lines()).isEmpty();
    }
}
