package dev.devshell.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.devshell.DevshellException;
import dev.devshell.engine.ContainerEvent.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** What is told of a test that failed, against a project that needs no engine. */
class EvidenceTests {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path root;

    private static volatile boolean fails = true;

    @BeforeEach
    void freshDoor() {
        FakeDoor.current = new FakeDoor();
        FakeDoor.current.project.directory = root;
        fails = true;
    }

    private Events run(Class<?> type, Map<String, String> parameters) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(type))
                .configurationParameter(
                        EvidencePlace.DIRECTORY, root.resolve("evidence").toString())
                .configurationParameters(parameters)
                .execute()
                .testEvents();
    }

    private static Map<String, String> entries(Events events) {
        Map<String, String> entries = new HashMap<>();
        events.reportingEntryPublished().stream()
                .flatMap(event -> event.getPayload(ReportEntry.class).stream())
                .forEach(entry -> entries.putAll(entry.getKeyValuePairs()));
        return entries;
    }

    private static List<Throwable> failures(Events events) {
        return events.failed().stream()
                .flatMap(event -> event.getPayload(TestExecutionResult.class).stream())
                .flatMap(result -> result.getThrowable().stream())
                .toList();
    }

    private Path place(Class<?> type, String test) {
        return root.resolve("evidence").resolve(type.getName()).resolve(test);
    }

    private List<String> files() throws IOException {
        if (!Files.exists(root.resolve("evidence"))) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(root.resolve("evidence"))) {
            return all.filter(Files::isRegularFile)
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @ExtendWith(FakeDoor.Guarded.class)
    @ContainerDev(services = "web")
    static class Failing {
        @Test
        void fails() {
            FakeDoor.current.project.happen(Kind.OOM, 0);
            FakeDoor.current.project.happen(Kind.DIE, 137);
            if (fails) {
                throw new AssertionError("no such page");
            }
        }
    }

    @Test
    void tellsLogsContainersAndSyncOfAFailedTest() throws IOException {
        Events events = run(Failing.class, Map.of());

        assertThat(entries(events))
                .hasEntrySatisfying(
                        "devshell.happened",
                        text -> assertThat(text)
                                .contains("web-1 ran out of memory")
                                .contains("web-1 ended with exit code 137"))
                .hasEntrySatisfying(
                        "devshell.containers",
                        text -> assertThat(text)
                                .contains("web-1 is exited, exit code 137, killed because it ran out of memory")
                                .contains("restarted by the engine 2 times"))
                .hasEntrySatisfying("devshell.sync", text -> assertThat(text).contains("web-1 is ready, 0 paths wait"))
                .hasEntrySatisfying(
                        "devshell.log.web-1", text -> assertThat(text).contains("  | listening"))
                .containsEntry("devshell.edited", "nothing")
                .containsEntry("devshell.parallel", "no other test of this run used the project at the same time")
                .containsEntry(
                        "devshell.evidence", place(Failing.class, "fails").toString());
        assertThat(files()).containsExactly("evidence.txt", "web-1.log");
        assertThat(place(Failing.class, "fails").resolve("web-1.log"))
                .hasContent("2026-01-01T00:00:00.000000000Z listening");
        assertThat(place(Failing.class, "fails").resolve("evidence.txt"))
                .content()
                .contains("Failing.fails()", "happened:", "ended with exit code 137", "sync:");
    }

    @Test
    void standsUnderTheFailureItself() {
        List<Throwable> failures = failures(run(Failing.class, Map.of()));

        assertThat(failures).singleElement().satisfies(failure -> {
            assertThat(failure).hasMessage("no such page");
            assertThat(failure.getSuppressed())
                    .singleElement()
                    .satisfies(meanwhile -> assertThat(meanwhile)
                            .hasMessageContaining("web-1 ended with exit code 137")
                            .hasMessageContaining("web-1, the last 1 of 1 lines:")
                            .hasMessageContaining("| listening")
                            .hasMessageContaining(place(Failing.class, "fails").toString()));
        });
    }

    @Test
    void saysNothingOfATestThatPassesOrIsAbortedAndClearsWhatAnEarlierRunLeft() throws IOException {
        Path stale = place(Aborted.class, "aborts").resolve("evidence.txt");
        Files.createDirectories(place(Aborted.class, "aborts"));
        Files.writeString(stale, "of last week");
        fails = false;

        assertThat(entries(run(Failing.class, Map.of()))).isEmpty();
        assertThat(entries(run(Aborted.class, Map.of()))).isEmpty();
        assertThat(files()).isEmpty();
    }

    @ExtendWith(FakeDoor.Guarded.class)
    @ContainerDev(services = "web")
    static class Aborted {
        @Test
        void aborts() {
            Assumptions.abort("not today");
        }
    }

    @Test
    void writesNoEnvironmentAndNoLabels() throws IOException {
        Events events = run(Failing.class, Map.of());

        assertThat(entries(events).toString()).doesNotContain("s3cret");
        try (Stream<Path> all = Files.walk(root.resolve("evidence"))) {
            assertThat(all.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(file).content().doesNotContain("s3cret"));
        }
    }

    @Test
    void tellsOfAFailedBarrierToo() {
        FakeDoor.current.project.flushFailure =
                new DevshellException.Failed("SYNC-BEHIND", "not all has arrived", "app/a.rb is behind", "wait");

        assertThat(failures(run(Failing.class, Map.of())))
                .singleElement()
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
    }

    @ExtendWith(FakeDoor.Guarded.class)
    @ContainerDev(services = "web")
    static class Edited {
        @BeforeEach
        void before(DevService web) {
            web.edit("own.txt", "mine");
        }

        @Test
        void runsAcrossAnEdit() {
            FakeDoor.current.project.change("own.txt", false);
            FakeDoor.current.project.change("made/by-container.txt", true);
            FakeDoor.current.project.change("app/page.txt", false);
        }

        @Test
        void editsItself() {
            FakeDoor.current.project.change("own.txt", false);
        }
    }

    @Test
    void marksATestThatRanAcrossAnEditThoughItPassed() throws IOException {
        Events events = run(Edited.class, Map.of());

        events.assertStatistics(counts -> counts.succeeded(2));
        assertThat(events.reportingEntryPublished().stream()
                        .flatMap(event -> event.getPayload(ReportEntry.class).stream())
                        .map(ReportEntry::getKeyValuePairs))
                .containsExactly(Map.of("devshell.edited", "ran across an edit of app/page.txt"));
        assertThat(files()).isEmpty();
    }

    @ExtendWith(FakeDoor.Guarded.class)
    @ContainerDev(services = "web")
    static class AtOnce {
        private static final CyclicBarrier MEETING = new CyclicBarrier(3);

        @RepeatedTest(3)
        void meets() throws Exception {
            MEETING.await(20, TimeUnit.SECONDS);
            throw new AssertionError("all at once");
        }
    }

    @Test
    void saysHowManyOtherTestsRanAtTheSameTime() throws IOException {
        Events events = run(
                AtOnce.class,
                Map.of(
                        "junit.jupiter.execution.parallel.enabled", "true",
                        "junit.jupiter.execution.parallel.mode.default", "concurrent",
                        "junit.jupiter.execution.parallel.config.strategy", "fixed",
                        "junit.jupiter.execution.parallel.config.fixed.parallelism", "3"));

        events.assertStatistics(counts -> counts.failed(3));
        assertThat(entries(events).get("devshell.parallel")).startsWith("2 other tests ran at the same time");
        assertThat(files()).filteredOn("evidence.txt"::equals).hasSize(3);
        assertThat(place(AtOnce.class, "meets-2")).isDirectory();
    }

    @Test
    void leavesTheFailureAsItIsWhereTheEvidenceCannotBeWritten() throws IOException {
        Files.writeString(root.resolve("evidence"), "a file");

        Events events = run(Failing.class, Map.of());

        assertThat(failures(events))
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasMessage("no such page"));
        assertThat(entries(events).get("devshell.evidence")).startsWith("could not be written");
    }

    @Test
    void hearsNothingOfChangesWhereTheSessionHasEnded() {
        List<dev.devshell.Change> heard = new ArrayList<>();
        Chronicle chronicle = new Chronicle(FakeDoor.current.project);

        TestTime test = chronicle.begin("one");
        assertThat(chronicle.hearsOfChanges()).isTrue();
        FakeDoor.current.project.change("a.txt", false);
        heard.addAll(chronicle.changesAfter(0));
        chronicle.end(test);
        chronicle.close();

        assertThat(heard).hasSize(1);
        await().untilAsserted(() -> assertThat(chronicle.hearsOfChanges()).isFalse());
    }
}
