package dev.devshell.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devshell.SyncStatus;
import dev.devshell.ignore.IgnoreRules;
import dev.devshell.sync.plan.HostPath;
import dev.devshell.sync.plan.Policy;
import dev.devshell.sync.plan.Root;
import dev.devshell.sync.plan.SyncPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of a session that is at something that takes long. */
class ReplicaViewTests {
    @TempDir
    private Path directory;

    private final CountDownLatch over = new CountDownLatch(1);
    private ReplicaSession session;

    @BeforeEach
    void open() throws Exception {
        Root root = new Root(
                "/app",
                true,
                new HostPath(directory, ""),
                Root.Flow.BOTH,
                List.of(IgnoreRules.EDITORS),
                List.of(),
                "",
                -1,
                "Dockerfile:1 COPY . /app");
        session = new ReplicaSession(
                new ReplicaSession.Replica("web", 1, "c1"),
                new SyncPlan(List.of(root), List.of(), Policy.HOST, List.of(IgnoreRules.PROTECTED)),
                Map.of(),
                () -> {
                    throw new java.io.IOException("there is no container");
                },
                (displacement, done) -> done.accept(null),
                directory.resolve("state"),
                Inheritance.NONE);
        var unused = session.start();
    }

    @AfterEach
    void close() {
        over.countDown();
        session.close();
    }

    @Test
    void tellsHowItStoodAndThatItIsBusy() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        var unused = session.ask(() -> {
            begun.countDown();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return true;
        });
        begun.await();

        SyncStatus.Replica status = ReplicaView.ask(session).status();

        assertThat(status.state()).isEqualTo(SyncStatus.State.CONNECTING);
        assertThat(status.detail()).contains("busy with many changes", "this is how it stood");
        assertThat(ReplicaFacts.explainWhileBusy(session, directory.resolve("a")))
                .extracting(fact -> fact.name())
                .containsExactly("mapping", "direction", "now");
    }

    @Test
    void tellsHowItStandsWhereItAnswers() {
        assertThat(ReplicaView.ask(session).status().detail()).doesNotContain("busy");
    }
}
