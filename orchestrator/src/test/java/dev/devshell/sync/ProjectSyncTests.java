package dev.devshell.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.devshell.DevshellException;
import dev.devshell.Sync;
import dev.devshell.Sync.Version;
import dev.devshell.SyncStatus;
import dev.devshell.ignore.GitIgnoreFile;
import dev.devshell.ignore.IgnoreRules;
import dev.devshell.sync.plan.HostPath;
import dev.devshell.sync.plan.Policy;
import dev.devshell.sync.plan.Root;
import dev.devshell.sync.plan.SyncPlan;
import dev.devshell.sync.wire.AgentMessage.AckStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project whose host is a real directory and whose containers are {@link FakeAgent}s; {@code context} is mapped to {@code /app}. */
class ProjectSyncTests {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    private Path context;
    private ProjectSync sync;
    private final FakeAgent agent = new FakeAgent();

    @BeforeEach
    void open() throws IOException {
        context = Files.createDirectory(directory.resolve("context")).toRealPath();
        sync = ProjectSync.open(directory.resolve("state"));
        agent.with("/app/keep", "image");
    }

    @AfterEach
    void close() {
        sync.close();
    }

    private SyncPlan plan(Policy policy, Root.Flow flow) {
        Root root = new Root(
                "/app",
                true,
                new HostPath(context, ""),
                flow,
                List.of(IgnoreRules.docker("ignored\n"), IgnoreRules.EDITORS),
                List.of(IgnoreRules.git(List.of(new GitIgnoreFile("", "*.log\n")))),
                "",
                -1,
                "Dockerfile:1 COPY . /app");
        return new SyncPlan(List.of(root), List.of("/app/mount"), policy, List.of(IgnoreRules.PROTECTED));
    }

    private void attach(FakeAgent to, String container) throws Exception {
        attach(to, container, plan(Policy.HOST, Root.Flow.BOTH));
    }

    private void attach(FakeAgent to, String container, SyncPlan plan) throws Exception {
        sync.attach("web", 1, container, plan, to).get(10, TimeUnit.SECONDS);
    }

    private void write(String path, String content) throws IOException {
        Path file = context.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private void flush() {
        sync.flush(SOON);
    }

    @Test
    @DisplayName("attach: the host's files are in the container when it is ready, the image's own files stay there")
    void catchesUpFromAnEmptyAncestor() throws Exception {
        write("a", "host");
        write("both", "host");
        write("d/e", "deep");
        agent.with("/app/both", "image").with("/app/img/x", "only there");

        attach(agent, "c1");

        assertThat(agent.read("/app/a")).isEqualTo("host");
        assertThat(agent.read("/app/both")).isEqualTo("host");
        assertThat(agent.read("/app/d/e")).isEqualTo("deep");
        assertThat(agent.read("/app/img/x")).isEqualTo("only there");
        assertThat(context.resolve("img")).doesNotExist();
        assertThat(context.resolve("keep")).doesNotExist();
        assertThat(sync.status().settled()).isTrue();
    }

    @Test
    @DisplayName("rule 8: after a flush, edits of both sides are on both")
    void carriesEditsBothWays() throws Exception {
        attach(agent, "c1");

        write("from/host", "h");
        agent.write("/app/from/container", "c");
        flush();

        assertThat(agent.read("/app/from/host")).isEqualTo("h");
        assertThat(context.resolve("from/container")).hasContent("c");
    }

    @Test
    void imageContentIsSentOnceItChanges() throws Exception {
        attach(agent, "c1");

        agent.write("/app/keep", "changed");
        flush();

        assertThat(context.resolve("keep")).hasContent("changed");
    }

    @Test
    void carriesDeletionsAndRenamesBothWays() throws Exception {
        write("h/one", "1");
        write("h/two", "2");
        write("c/one", "1");
        attach(agent, "c1");

        Files.move(context.resolve("h"), context.resolve("moved"));
        agent.delete("/app/c");
        flush();

        assertThat(agent.exists("/app/h")).isFalse();
        assertThat(agent.read("/app/moved/two")).isEqualTo("2");
        assertThat(context.resolve("c")).doesNotExist();
    }

    @Test
    void aFileBecomesADirectoryAndTheOtherWayRound() throws Exception {
        write("f", "file");
        write("d/x", "inside");
        attach(agent, "c1");

        Files.delete(context.resolve("f"));
        write("f/now", "inside");
        Files.delete(context.resolve("d/x"));
        Files.delete(context.resolve("d"));
        write("d", "file");
        flush();

        assertThat(agent.read("/app/f/now")).isEqualTo("inside");
        assertThat(agent.read("/app/d")).isEqualTo("file");
        assertThat(agent.exists("/app/d/x")).isFalse();
    }

    @Test
    @DisplayName("rule 1: what is replaced on either side is in the history, and undo brings it back on both")
    void everyReplacedVersionCanBeBroughtBack() throws Exception {
        write("a", "one");
        write("b", "one");
        attach(agent, "c1");

        write("a", "two");
        agent.write("/app/b", "two");
        flush();
        await().until(() -> sync.history(Optional.empty(), 10).size() == 2);

        Version a = sync.history(Optional.of(context.resolve("a")), 10).get(0);
        Version b = sync.history(Optional.of(context.resolve("b")), 10).get(0);
        assertThat(a.side()).isEqualTo("container");
        assertThat(b.side()).isEqualTo("host");
        sync.undo(Optional.of(a.id()));
        sync.undo(Optional.of(b.id()));
        flush();
        assertThat(context.resolve("a")).hasContent("one");
        assertThat(agent.read("/app/a")).isEqualTo("one");
        assertThat(agent.read("/app/b")).isEqualTo("one");
    }

    @Test
    @DisplayName(
            "rule 1: a deleted file can be brought back, and the agent is told only then to forget what it set aside")
    void aDeletedFileCanBeBroughtBack() throws Exception {
        write("a", "precious");
        attach(agent, "c1");

        Files.delete(context.resolve("a"));
        flush();
        await().until(() -> !agent.stored().isEmpty());
        sync.undo(Optional.empty());
        flush();

        assertThat(context.resolve("a")).hasContent("precious");
        assertThat(agent.read("/app/a")).isEqualTo("precious");
    }

    @Test
    @DisplayName("rules 2 and 10: in a conflict the host stays and the container's version is in the history")
    void keepsBothVersionsWhenEditsConflict() throws Exception {
        write("a", "base");
        attach(agent, "c1");
        sync.pause();

        write("a", "host's");
        agent.write("/app/a", "container's");
        sync.resume();
        flush();

        assertThat(context.resolve("a")).hasContent("host's");
        assertThat(agent.read("/app/a")).isEqualTo("host's");
        await().untilAsserted(() -> assertThat(sync.history(Optional.of(context.resolve("a")), 10))
                .singleElement()
                .satisfies(version -> assertThat(version.reason()).isEqualTo("conflict")));
    }

    @Test
    void underManualAConflictWaitsForAPersonAndBothCanBeKept() throws Exception {
        write("a", "base");
        write("a.container", "of an earlier conflict");
        attach(agent, "c1", plan(Policy.MANUAL, Root.Flow.BOTH));
        sync.pause();
        write("a", "host's");
        agent.write("/app/a", "container's");
        sync.resume();
        flush();

        assertThat(sync.conflicts())
                .singleElement()
                .satisfies(conflict -> assertThat(conflict.path()).isEqualTo(context.resolve("a")));
        assertThat(agent.read("/app/a")).isEqualTo("container's");

        sync.resolve(context.resolve("a"), Sync.Keep.BOTH);
        flush();

        assertThat(agent.read("/app/a")).isEqualTo("host's");
        await().untilAsserted(() -> assertThat(context.resolve("a.container-2")).hasContent("container's"));
        assertThat(context.resolve("a.container")).hasContent("of an earlier conflict");
        assertThat(sync.conflicts()).isEmpty();
        assertThatThrownBy(() -> sync.resolve(context.resolve("a"), Sync.Keep.HOST))
                .isInstanceOf(DevshellException.Usage.class);
    }

    @Test
    @DisplayName("rule 6: work done on both sides while devshell was away survives")
    void offlineEditsOfBothSidesSurvive() throws Exception {
        write("a", "base");
        write("b", "base");
        write("c", "base");
        write("gone", "base");
        attach(agent, "c1");
        sync.close();

        write("a", "host's");
        agent.write("/app/b", "container's");
        write("c", "host's");
        agent.write("/app/c", "container's");
        agent.delete("/app/gone");
        sync = ProjectSync.open(directory.resolve("state"));
        attach(agent, "c1");

        assertThat(agent.read("/app/a")).isEqualTo("host's");
        assertThat(context.resolve("b")).hasContent("container's");
        assertThat(context.resolve("c")).hasContent("host's");
        assertThat(agent.read("/app/c")).isEqualTo("host's");
        assertThat(context.resolve("gone")).doesNotExist();
        await().untilAsserted(() -> assertThat(sync.history(Optional.of(context.resolve("c")), 10))
                .extracting(Version::reason)
                .contains("conflict"));
    }

    @Test
    @DisplayName("rule 10: a recreated container touches nothing on the host")
    void aRecreatedContainerIsANewBaseline() throws Exception {
        write("a", "host");
        write("b", "host");
        attach(agent, "c1");
        sync.detach("c1");
        FakeAgent fresh = new FakeAgent().with("/app/a", "stale image");

        attach(fresh, "c2");

        assertThat(context.resolve("a")).hasContent("host");
        assertThat(context.resolve("b")).hasContent("host");
        assertThat(fresh.read("/app/a")).isEqualTo("host");
        assertThat(fresh.read("/app/b")).isEqualTo("host");
    }

    @Test
    @DisplayName("rule 10: under another plan, what both plans cover is no new baseline, and what the new one adds is")
    void nothingIsLostWhenThePlanChanges() throws Exception {
        write("edited", "one");
        write("deleted", "one");
        write("kept", "one");
        agent.with("/app/ignored", "image");
        attach(agent, "c1");
        // As if it happened while the one session had ended and the other had not begun.
        agent.with("/app/edited", "two").with("/app/new", "new").without("/app/deleted");
        write("kept", "two");

        Root root = new Root("/app", true, new HostPath(context, ""), Root.Flow.BOTH, List.of(), List.of(), "", -1, "");
        attach(agent, "c1", new SyncPlan(List.of(root), List.of(), Policy.HOST, List.of()));
        flush();

        assertThat(context.resolve("edited")).hasContent("two");
        assertThat(context.resolve("new")).hasContent("new");
        assertThat(context.resolve("deleted")).doesNotExist();
        assertThat(agent.read("/app/kept")).isEqualTo("two");
        assertThat(context.resolve("keep")).doesNotExist();
        assertThat(context.resolve("ignored")).doesNotExist();
        assertThat(agent.read("/app/ignored")).isEqualTo("image");
    }

    @Test
    void anEditInOneReplicaReachesTheOthersThroughTheHost() throws Exception {
        FakeAgent second = new FakeAgent().with("/app/keep", "image");
        attach(agent, "c1");
        sync.attach("web", 2, "c2", plan(Policy.HOST, Root.Flow.BOTH), second).get(10, TimeUnit.SECONDS);

        agent.write("/app/new", "from one");
        flush();

        assertThat(context.resolve("new")).hasContent("from one");
        assertThat(second.read("/app/new")).isEqualTo("from one");
    }

    @Test
    @DisplayName("rule 9: nothing comes back, and the same bytes send nothing")
    void leavesNoEchoes() throws Exception {
        attach(agent, "c1");
        write("a", "same");
        flush();
        int before = agent.applied.size();

        write("a", "same");
        agent.write("/app/b", "new");
        flush();
        flush();

        assertThat(agent.applied).hasSize(before);
        assertThat(sync.history(Optional.empty(), 10)).isEmpty();
    }

    @Test
    @DisplayName("rule 3: ignored, protected, quiet and mounted paths stay where they are")
    void staysInItsLane() throws Exception {
        write("ignored/x", "h");
        write(".git/HEAD", "h");
        write("own.log", "h");
        write("mount/x", "h");
        attach(agent, "c1");

        agent.write("/app/.git/hooks/post-checkout", "evil");
        agent.write("/app/.git/HEAD", "evil");
        agent.write("/app/production.log", "noise");
        agent.write("/app/ignored/y", "noise");
        agent.write("/app/mount/y", "noise");
        agent.write("/app/own.log", "more");
        agent.write("/elsewhere", "evil");
        flush();

        assertThat(context.resolve(".git/hooks")).doesNotExist();
        assertThat(context.resolve(".git/HEAD")).hasContent("h");
        assertThat(context.resolve("production.log")).doesNotExist();
        assertThat(context.resolve("ignored/y")).doesNotExist();
        assertThat(context.resolve("mount/y")).doesNotExist();
        assertThat(context.resolve("own.log")).hasContent("more");
        assertThat(agent.exists("/app/ignored/x")).isFalse();
        assertThat(agent.exists("/app/mount/x")).isFalse();
    }

    @Test
    void aRootToTheContainerOnlyKeepsTheHostAsItIs() throws Exception {
        write("a", "host");
        attach(agent, "c1", plan(Policy.HOST, Root.Flow.TO_CONTAINER));

        agent.write("/app/a", "container");
        agent.write("/app/new", "container");
        flush();
        assertThat(context.resolve("a")).hasContent("host");
        assertThat(context.resolve("new")).doesNotExist();

        write("a", "host again");
        flush();
        assertThat(agent.read("/app/a")).isEqualTo("host again");
    }

    @Test
    void largeFilesCrossInSlicesBothWays() throws Exception {
        String large = "0123456789abcdef".repeat(20_000);
        attach(agent, "c1");

        write("to", large);
        agent.write("/app/from", large);
        flush();
        write("to", "small");
        flush();

        assertThat(context.resolve("from")).hasContent(large);
        assertThat(agent.read("/app/to")).isEqualTo("small");
    }

    @Test
    @DisplayName("rule 6: a stream that is cut is opened again, and what was on its way arrives")
    void reconnectsAfterTheStreamIsCut() throws Exception {
        attach(agent, "c1");
        agent.cut();
        write("a", "after the cut");
        flush();

        assertThat(agent.read("/app/a")).isEqualTo("after the cut");
        assertThat(agent.starts()).isGreaterThan(1);
    }

    @Test
    void whatCannotBeWrittenIsAProblemAndItsNeighboursGoOn() throws Exception {
        attach(agent, "c1");
        agent.refuse(AckStatus.READ_ONLY);
        write("a", "refused");
        flush();
        agent.refuse(null);
        write("b", "fine");
        flush();

        assertThat(agent.read("/app/b")).isEqualTo("fine");
        assertThat(sync.status().problems())
                .extracting(SyncStatus.Problem::message)
                .contains("refused");
        assertThat(sync.explain(context.resolve("a")).facts()).contains(new Sync.Explanation.Fact("now", "refused"));
    }

    @Test
    @DisplayName("rule 8: a flush that cannot be kept fails at its deadline and names what is behind")
    void aFlushFailsAtItsDeadline() throws Exception {
        attach(agent, "c1");
        agent.refuse(AckStatus.NO_SPACE);
        write("a", "no room");

        assertThatThrownBy(() -> sync.flush(Duration.ofMillis(300)))
                .isInstanceOf(DevshellException.Failed.class)
                .satisfies(e -> assertThat(((DevshellException) e).why()).contains("web-1:/app/a"));
        agent.refuse(null);
        flush();
        assertThat(agent.read("/app/a")).isEqualTo("no room");
    }

    @Test
    @DisplayName("rule 1: where replaced versions cannot be kept the sync stops, says so, and goes on once they can be")
    void stopsWhereTheHistoryCannotBeWritten() throws Exception {
        write("a", "one ".repeat(16_384));
        attach(agent, "c1");
        Path unfinished = directory.resolve("state/history/unfinished");
        Files.move(unfinished, unfinished.resolveSibling("aside"));
        Files.createFile(unfinished);

        write("a", "two");
        await().untilAsserted(() -> assertThat(sync.status().problems())
                .extracting(SyncStatus.Problem::message)
                .anySatisfy(message -> assertThat(message).startsWith("the sync has stopped")));
        write("b", "held back");
        assertThatThrownBy(() -> sync.flush(Duration.ofMillis(300))).isInstanceOf(DevshellException.Failed.class);
        assertThat(agent.exists("/app/b")).isFalse();

        Files.delete(unfinished);
        Files.move(unfinished.resolveSibling("aside"), unfinished);
        flush();
        assertThat(agent.read("/app/b")).isEqualTo("held back");
        await().until(() -> !sync.history(Optional.of(context.resolve("a")), 1).isEmpty());
    }

    @Test
    void explainsAPathFromItsMappingToItsState() throws Exception {
        write("a", "x");
        attach(agent, "c1");

        List<Sync.Explanation.Fact> facts = sync.explain(context.resolve("a")).facts();

        assertThat(facts.get(0).value()).isEqualTo("web-1:/app/a  (Dockerfile:1 COPY . /app)");
        assertThat(facts).extracting(Sync.Explanation.Fact::name).contains("on the host", "in the container", "now");
        assertThat(sync.explain(context.resolve("ignored")).facts())
                .contains(new Sync.Explanation.Fact("not synced", "an ignore rule leaves it out: ignored"));
        assertThat(sync.explain(Path.of("/etc/passwd")).facts()).hasSize(1);
    }
}
