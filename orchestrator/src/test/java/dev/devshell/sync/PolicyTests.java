package dev.devshell.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.devshell.Sync;
import dev.devshell.Sync.Version;
import dev.devshell.sync.plan.HostPath;
import dev.devshell.sync.plan.Policy;
import dev.devshell.sync.plan.Root;
import dev.devshell.sync.plan.SyncPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who prevails where both sides changed a path: with the real agent, and with clocks that disagree. */
class PolicyTests {
    @TempDir
    Path directory;

    private RealPair pair;

    @BeforeEach
    void open() throws Exception {
        pair = new RealPair(directory);
    }

    @AfterEach
    void close() {
        pair.close();
    }

    private static void write(Path root, String path, String content, int secondsOfAge) throws Exception {
        write(root, path, content, FileTime.from(Instant.now().minusSeconds(secondsOfAge)));
    }

    /** At once: a time that is set later is no edit, and is not told. */
    private static void write(Path root, String path, String content, FileTime time) throws Exception {
        Path ready = Files.createTempFile("devshell", "");
        Files.writeString(ready, content);
        Files.setLastModifiedTime(ready, time);
        Files.move(ready, root.resolve(path), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Lets both sides change {@code f} while nothing travels. */
    private void conflict(Policy policy, int hostAge, int containerAge) throws Exception {
        pair.policy = policy;
        write(pair.host, "f", "base", 600);
        pair.attach();
        pair.sync.pause();
        write(pair.host, "f", "host", hostAge);
        write(pair.container, "f", "container", containerAge);
        pair.sync.resume();
        pair.flush();
    }

    @ParameterizedTest(name = "{0}, host written {1} s ago, container {2} s ago: {3}")
    @DisplayName("rules 1 and 2: a conflict ends as the policy says, on both sides, and what lost is in the history")
    @CsvSource({
        "HOST, 9, 1, host",
        "HOST, 1, 9, host",
        "CONTAINER, 9, 1, container",
        "CONTAINER, 1, 9, container",
        "NEWEST, 9, 1, container",
        "NEWEST, 1, 9, host",
    })
    void endsAsThePolicySays(Policy policy, int hostAge, int containerAge, String winner) throws Exception {
        conflict(policy, hostAge, containerAge);

        assertThat(pair.host.resolve("f")).hasContent(winner);
        assertThat(pair.container.resolve("f")).hasContent(winner);
        await().untilAsserted(() -> assertThat(pair.sync.history(Optional.empty(), 10))
                .extracting(Version::reason, Version::side)
                .containsExactly(tuple("conflict", winner.equals("host") ? "container" : "host")));
        assertThat(pair.sync.conflicts()).isEmpty();
        pair.sync.undo(Optional.empty());
        pair.flush();
        assertThat(RealPair.tree(pair.container))
                .isEqualTo(RealPair.tree(pair.host))
                .isEqualTo(Map.of("f", winner.equals("host") ? "container" : "host"));
    }

    @Test
    @DisplayName("policy newest: files of the same time are a tie, which the host wins")
    void theHostWinsATie() throws Exception {
        pair.policy = Policy.NEWEST;
        RealPair.write(pair.host, "f", "base");
        pair.attach();
        pair.sync.pause();
        FileTime same = FileTime.from(Instant.now());
        write(pair.host, "f", "host", same);
        write(pair.container, "f", "container", same);
        pair.sync.resume();
        pair.flush();

        assertThat(pair.container.resolve("f")).hasContent("host");
    }

    @ParameterizedTest
    @DisplayName("a deletion loses to an edit under every policy, whichever side made it")
    @EnumSource(Policy.class)
    void anEditOutlivesADeletion(Policy policy) throws Exception {
        pair.policy = policy;
        RealPair.write(pair.host, "a", "base");
        RealPair.write(pair.host, "b", "base");
        pair.attach();
        pair.sync.pause();
        Files.delete(pair.host.resolve("a"));
        RealPair.write(pair.container, "a", "edited");
        RealPair.write(pair.host, "b", "edited");
        Files.delete(pair.container.resolve("b"));
        pair.sync.resume();
        pair.flush();

        assertThat(RealPair.tree(pair.host)).isEqualTo(Map.of("a", "edited", "b", "edited"));
        assertThat(RealPair.tree(pair.container)).isEqualTo(RealPair.tree(pair.host));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("a file on one side and a directory on the other: the side that prevails has both")
    @CsvSource({"HOST, file", "CONTAINER, directory"})
    void decidesKinds(Policy policy, String winner) throws Exception {
        pair.policy = policy;
        pair.attach();
        pair.sync.pause();
        RealPair.write(pair.host, "k", "file");
        RealPair.write(pair.container, "k/inside", "directory");
        pair.sync.resume();
        pair.flush();

        assertThat(RealPair.tree(pair.host))
                .isEqualTo(winner.equals("file") ? Map.of("k", "file") : Map.of("k", "/", "k/inside", "directory"));
        assertThat(RealPair.tree(pair.container)).isEqualTo(RealPair.tree(pair.host));
    }

    @ParameterizedTest(name = "keep {0}: {1}")
    @DisplayName("policy manual: neither side moves until sync resolve says which, also over a restart")
    @CsvSource({"HOST, host", "CONTAINER, container", "BOTH, host"})
    void waitsForAPerson(Sync.Keep keep, String kept) throws Exception {
        conflict(Policy.MANUAL, 9, 1);
        assertThat(pair.host.resolve("f")).hasContent("host");
        assertThat(pair.container.resolve("f")).hasContent("container");

        pair.restart();
        pair.flush();
        assertThat(pair.host.resolve("f")).hasContent("host");
        assertThat(pair.container.resolve("f")).hasContent("container");
        assertThat(pair.sync.conflicts()).hasSize(1);
        RealPair.write(pair.host, "neighbour", "goes on");
        pair.flush();
        assertThat(pair.container.resolve("neighbour")).hasContent("goes on");

        pair.sync.resolve(pair.host.resolve("f"), keep);
        pair.flush();

        assertThat(pair.host.resolve("f")).hasContent(kept);
        assertThat(pair.container.resolve("f")).hasContent(kept);
        assertThat(pair.sync.conflicts()).isEmpty();
        if (keep == Sync.Keep.BOTH) {
            await().untilAsserted(
                            () -> assertThat(pair.host.resolve("f.container")).hasContent("container"));
            pair.flush();
            assertThat(pair.container.resolve("f.container")).hasContent("container");
        }
    }

    @Test
    @DisplayName("policy manual: sides that become equal by hand have no conflict any more")
    void isResolvedByHand() throws Exception {
        conflict(Policy.MANUAL, 9, 1);
        assertThat(pair.sync.conflicts()).hasSize(1);

        RealPair.write(pair.container, "f", "host");
        pair.flush();

        assertThat(pair.sync.conflicts()).isEmpty();
        RealPair.write(pair.host, "f", "on");
        pair.flush();
        assertThat(pair.container.resolve("f")).hasContent("on");
    }

    @ParameterizedTest(name = "the container''s clock is {0} s ahead, it wrote {1} s after the host: {2}")
    @DisplayName("policy newest: clocks that disagree are compared, not trusted")
    @CsvSource({
        "300, 2, container",
        "300, -2, host",
        "-300, 2, container",
        "-300, -2, host",
        "86400, -2, host",
        "-86400, 2, container",
        "300, 0, host",
    })
    void comparesClocks(int ahead, int after, String winner) throws Exception {
        FakeAgent agent = new FakeAgent().ahead(Duration.ofSeconds(ahead));
        Root root =
                new Root("/app", true, new HostPath(pair.host, ""), Root.Flow.BOTH, List.of(), List.of(), "", -1, "");
        SyncPlan plan = new SyncPlan(List.of(root), List.of(), Policy.NEWEST, List.of());
        RealPair.write(pair.host, "f", "base");
        pair.sync.attach("web", 1, "fake", plan, agent).get(10, TimeUnit.SECONDS);
        pair.sync.pause();
        write(pair.host, "f", "host", after);
        agent.write("/app/f", "container");
        pair.sync.resume();
        pair.flush();

        assertThat(pair.host.resolve("f")).hasContent(winner);
        assertThat(agent.read("/app/f")).isEqualTo(winner);
    }
}
