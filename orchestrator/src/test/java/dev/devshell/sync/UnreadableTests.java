package dev.devshell.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.devshell.SyncStatus;
import dev.devshell.fault.Faults;
import dev.devshell.fault.Faults.Errno;
import dev.devshell.fault.Faults.Step;
import dev.devshell.fault.FaultyDisk;
import dev.devshell.sync.host.FaultyHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a disk that fails does not say: that a directory is empty, that there is no ancestor. */
class UnreadableTests {
    @TempDir
    Path directory;

    private final AtomicBoolean failing = new AtomicBoolean();

    /** Something may not be done while the disk fails. */
    private Faults fails(Step step, String what, Errno how) {
        return new Faults((point, faults) -> {
            if (failing.get() && point.step() == step && point.what().contains(what)) {
                throw how.of(point);
            }
        });
    }

    @ParameterizedTest(name = "at attach {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName(
            "rules 1 and 2: a directory of the host that cannot be listed has lost nothing, and is listed again by itself")
    void aDirectoryOfTheHostThatCannotBeListedHasLostNothing(boolean atAttach) throws Exception {
        try (RealPair pair = new RealPair(directory)) {
            Faults faults = fails(Step.LIST, "sub", Errno.IO);
            pair.sync.close();
            pair.sync = open(pair, faults);
            for (String path : List.of("beside", "sub/a", "sub/b", "sub/deeper/c")) {
                RealPair.write(pair.host, path, "first");
            }
            pair.attach();
            pair.flush();

            failing.set(true);
            if (atAttach) {
                pair.sync.close();
                pair.sync = open(pair, faults);
                pair.attach();
            } else {
                Path away = pair.host.resolveSibling("away");
                Files.move(pair.host, away);
                await().untilAsserted(() -> assertThat(messages(pair.sync)).anyMatch(text -> text.contains("is gone")));
                Files.move(away, pair.host);
                await().untilAsserted(
                                () -> assertThat(messages(pair.sync)).noneMatch(text -> text.contains("is gone")));
            }
            RealPair.write(pair.host, "beside", "second");
            Files.delete(pair.host.resolve("sub/b"));
            pair.flush();

            assertThat(RealPair.tree(pair.container))
                    .containsEntry("beside", "second")
                    .containsEntry("sub/a", "first")
                    .containsEntry("sub/b", "first")
                    .containsEntry("sub/deeper/c", "first");
            assertThat(messages(pair.sync)).anyMatch(text -> text.contains("Input/output error"));

            failing.set(false);
            await().untilAsserted(
                            () -> assertThat(RealPair.tree(pair.container)).isEqualTo(RealPair.tree(pair.host)));
            assertThat(pair.container.resolve("sub/a")).hasContent("first");
            assertThat(pair.container.resolve("sub/b")).doesNotExist();
            await().untilAsserted(() -> assertThat(messages(pair.sync)).isEmpty());
        }
    }

    @Test
    @DisplayName("rules 1 and 2: a directory of the container that cannot be read has lost nothing")
    void aDirectoryOfTheContainerThatCannotBeReadHasLostNothing() throws Exception {
        try (ProjectFixture project = new ProjectFixture(directory, "/app", "")) {
            FakeAgent agent = new FakeAgent();
            for (String path : List.of("beside", "sub/a", "sub/b", "sub/deeper/c")) {
                project.write(path, "first");
            }
            project.attach(agent, "c1");
            project.flush();

            agent.unreadable("/app/sub");
            agent.cut();
            await().until(() -> agent.starts() == 2);
            project.write("beside", "second");
            project.flush();

            assertThat(agent.read("/app/beside")).isEqualTo("second");
            for (String path : List.of("sub/a", "sub/b", "sub/deeper/c")) {
                assertThat(project.context.resolve(path)).hasContent("first");
            }

            agent.without("/app/sub/b").unreadable(null);
            agent.cut();
            await().untilAsserted(
                            () -> assertThat(project.context.resolve("sub/b")).doesNotExist());
            project.flush();
            assertThat(project.context.resolve("sub/a")).hasContent("first");
            assertThat(agent.read("/app/sub/a")).isEqualTo("first");
        }
    }

    @Test
    @DisplayName("rule 6: an ancestor that could not be written at first is written as soon as there is room")
    void anAncestorThatCouldNotBeWrittenIsWrittenLater() throws Exception {
        try (RealPair pair = new RealPair(directory)) {
            pair.sync.close();
            pair.sync = open(pair, fails(Step.RENAME, ".ancestor", Errno.NO_SPACE));
            failing.set(true);
            RealPair.write(pair.host, "kept", "first");
            RealPair.write(pair.host, "deleted", "first");
            pair.attach();
            pair.flush();

            failing.set(false);
            await().until(() -> written(pair.base.resolve("state")));
            pair.sync.close();
            Files.delete(pair.host.resolve("deleted"));
            pair.sync = ProjectSync.open(pair.base.resolve("state"));
            pair.attach();
            pair.flush();

            assertThat(RealPair.tree(pair.container)).containsOnlyKeys("kept");
        }
    }

    private static ProjectSync open(RealPair pair, Faults faults) throws IOException {
        Path state = pair.base.resolve("state");
        return ProjectSync.open(FaultyDisk.of(state, faults), new Surroundings() {}, new FaultyHost(faults)::open);
    }

    private static boolean written(Path state) throws IOException {
        try (Stream<Path> files = Files.walk(state)) {
            return files.filter(file -> file.toString().endsWith(".ancestor"))
                    .anyMatch(file -> file.toFile().length() > 0);
        }
    }

    private static List<String> messages(ProjectSync sync) {
        return sync.status().problems().stream()
                .map(SyncStatus.Problem::message)
                .toList();
    }
}
