package dev.devshell.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.devshell.Sync.Explanation.Fact;
import dev.devshell.SyncStatus;
import dev.devshell.sync.wire.AgentMessage.AckStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a user finds out why a file did not arrive. */
class StatusTests {
    @TempDir
    private Path directory;

    private final FakeAgent agent = new FakeAgent();
    private ProjectFixture project;

    @BeforeEach
    void open() throws Exception {
        project = new ProjectFixture(directory, "/app", "ignored\n");
        project.attach(agent, "c1");
    }

    @AfterEach
    void close() {
        project.close();
    }

    private SyncStatus.Replica replica() {
        return project.sync.status().replicas().get(0);
    }

    private List<String> story(String path) {
        return project.sync.explain(project.context.resolve(path)).facts().stream()
                .map(fact -> fact.name() + ": " + fact.value())
                .toList();
    }

    @Test
    void countsAndTimesWhatWentEachWay() throws Exception {
        long before = replica().toContainer().edits();
        // Whole at once, so that it is one edit.
        Files.move(Files.writeString(directory.resolve("a"), "content"), project.context.resolve("a"));
        project.flush();

        SyncStatus.Flow there = replica().toContainer();
        assertThat(there.edits()).isEqualTo(before + 1);
        assertThat(there.bytes()).isGreaterThan(7);
        assertThat(there.bytesPerSecond()).isPositive();
        assertThat(there.edit().p50Millis()).isPositive();
        assertThat(there.decide().p50Millis())
                .isPositive()
                .isLessThan(there.edit().p50Millis());
        assertThat(there.write().p50Millis())
                .isPositive()
                .isLessThanOrEqualTo(there.edit().p95Millis());
        assertThat(replica().toHost().edits()).isZero();
        assertThat(replica().toHost().bytes()).isPositive();
        assertThat(story("a")).anySatisfy(fact -> assertThat(fact).startsWith("last carried: to the container at "));
    }

    @Test
    void saysWhatWaitsAndWhy() throws Exception {
        project.sync.pause();
        project.write("a", "content");
        await().untilAsserted(() -> assertThat(replica().waits())
                .containsExactly(new SyncStatus.Waiting(project.context.resolve("a"), "the sync is paused")));
        assertThat(replica().waiting()).isEqualTo(1);
        assertThat(story("a")).contains("now: on its way: the sync is paused");

        agent.refuse(AckStatus.NO_SPACE);
        project.sync.resume();
        await().untilAsserted(() -> assertThat(replica().waits())
                .extracting(SyncStatus.Waiting::why)
                .containsExactly("refused (it is tried again)"));
        agent.refuse(null);
        project.flush();
        assertThat(replica().waits()).isEmpty();
    }

    @Test
    void keepsTheLastErrors() throws Exception {
        agent.refuse(AckStatus.READ_ONLY);
        project.write("a", "content");
        project.flush();
        agent.cut();
        await().untilAsserted(() -> assertThat(replica().errors())
                .extracting(SyncStatus.Failure::message)
                .anyMatch(message -> message.contains("stream"))
                .last(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .contains("/app/a: refused"));
        assertThat(replica().errors().get(0).when()).endsWith("Z");
    }

    @Test
    void namesTheRuleThatLeavesAPathOutAndWhatTheHistoryHolds() throws Exception {
        assertThat(story("ignored")).contains("not synced: an ignore rule leaves it out: ignored");
        project.write("a", "old");
        project.flush();
        project.write("a", "new");
        project.flush();
        await().until(() -> !project.sync
                .history(Optional.of(project.context.resolve("a")), 1)
                .isEmpty());
        assertThat(story("a"))
                .anySatisfy(
                        fact -> assertThat(fact).startsWith("history: ").contains(": the file that was on web until"));
        assertThat(project.sync.explain(Path.of("/etc/passwd")).facts())
                .containsExactly(new Fact("mapping", "no service that is running maps this path"));
    }

    @Test
    void tellsWhatWatchingCosts() throws Exception {
        project.write("d/e/f", "x");
        project.flush();
        SyncStatus.Watches watches = project.sync.status().watches();
        assertThat(watches.used()).isEqualTo(3);
        assertThat(watches.limit()).isPositive();
        assertThat(watches.polled()).isZero();
    }
}
