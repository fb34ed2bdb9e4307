package dev.devshell.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.devshell.watch.build.BuildTool;
import dev.devshell.watch.select.NameFilter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole of it on a real project, with the real Maven and a real worker; the containers are left out. */
@Timeout(300)
class TestLoopTests {
    private static final String TEST = "src/test/java/tiny/AdderTest.java";
    private static final String OTHER = "src/test/java/tiny/OtherTest.java";
    private static final String MAIN = "src/main/java/tiny/Adder.java";

    private final Path root;
    private final RecordingScreen screen = new RecordingScreen();
    private final FakeSession session = new FakeSession();
    private @Nullable TestLoop loop;
    private @Nullable CompletableFuture<Boolean> end;

    TestLoopTests(@TempDir Path root) {
        this.root = root;
    }

    private TestLoop open(TinyMaven project, boolean watch, boolean withSession, String... selectors) {
        Path scratch = root.resolve("scratch");
        return new TestLoop(
                new TestLoop.Settings(
                        BuildTool.find(project.directory, scratch),
                        withSession ? Optional.of(session.session()) : Optional.empty(),
                        scratch,
                        watch,
                        NameFilter.of(List.of(selectors)),
                        List.of(root.resolve("xml")),
                        new JUnitXml(root.resolve("xml"))::write),
                screen);
    }

    private void watch(TinyMaven project, boolean withSession) {
        TestLoop opened = open(project, true, withSession);
        loop = opened;
        end = CompletableFuture.supplyAsync(opened::run);
        awaitTold("waiting", 0);
    }

    private void key(char key) {
        if (loop != null) {
            loop.key(key);
        }
    }

    @AfterEach
    void quit() {
        key('q');
        if (end != null) {
            assertThat(end).succeedsWithin(Duration.ofSeconds(30));
        }
    }

    private int mark() {
        return screen.told.size();
    }

    private void awaitTold(String line, int from) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(List.copyOf(screen.told).subList(from, screen.told.size()))
                        .contains(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.10.5", "6.1.3"})
    void runsAllOnceAndThenWhatAnEditAsksFor(String junit) {
        TinyMaven project = new TinyMaven(root.resolve("project"), junit);
        watch(project, false);
        assertThat(screen.told).contains("runs all", "PASSED AdderTest > adds()", "done true");
        assertThat(root.resolve("xml/TEST-tiny.AdderTest.xml")).content().contains("testcase name=", "adding");

        int edited = mark();
        project.write(TEST, TinyMaven.ADDER_TEST.replace("assertEquals(3", "assertEquals(4"));
        awaitTold("done false", edited);
        assertThat(screen.told.subList(edited, screen.told.size()))
                .contains("runs 1 edited", "FAILED AdderTest > adds()", "PASSED AdderTest > addsMore()");
        TestResult failure = screen.results.get(1).failures().get(0);
        assertThat(failure.problem().message()).contains("expected: <4> but was: <3>");
        assertThat(failure.output()).isEqualTo("adding\n");
        assertThat(screen.results.get(1).stages()).containsKeys("compiled", "run", "verdict");

        // The failed one is fixed by an edit of what it stands on.
        int fixed = mark();
        project.write(MAIN, TinyMaven.ADDER.replace("a + b", "a == 1 ? 4 : a + b"));
        awaitTold("done true", fixed);
        assertThat(screen.told.subList(fixed, screen.told.size())).contains("runs 1 failed last time");
    }

    @Test
    void keepsTheLastResultsWhenItDoesNotCompile() {
        TinyMaven project = new TinyMaven(root.resolve("project"), "6.1.3");
        watch(project, false);

        int broken = mark();
        project.write(MAIN, TinyMaven.ADDER.replace("int add(int a", "int plus(int a"));
        awaitTold("waiting", broken);
        assertThat(screen.told.subList(broken, screen.told.size()))
                .anyMatch(line -> line.startsWith("broken cannot find symbol"))
                .noneMatch(line -> line.startsWith("runs"));

        int mended = mark();
        project.write(TEST, TinyMaven.ADDER_TEST.replace("add(", "plus("));
        awaitTold("done true", mended);
        assertThat(screen.told.subList(mended, screen.told.size())).contains("PASSED AdderTest > adds()");
    }

    @Test
    void cancelsARunForAnEditAndSurvivesATestThatDoesNotEndAndOneThatEndsTheJvm() {
        TinyMaven project = new TinyMaven(root.resolve("project"), "6.1.3");
        watch(project, false);

        int slow = mark();
        project.write(OTHER, TinyMaven.OTHER_TEST.replace("Exception {", "Exception { Thread.sleep(100_000);"));
        awaitTold("started isThere()", slow);
        int deaf = mark();
        project.write(
                OTHER, TinyMaven.OTHER_TEST.replace("Exception {", "Exception { while (true) Thread.onSpinWait();"));
        awaitTold("started isThere()", deaf);
        assertThat(screen.told.subList(deaf, screen.told.size()))
                .contains("cancelled")
                .doesNotContain("done true");

        int deadly = mark();
        project.write(OTHER, TinyMaven.OTHER_TEST.replace("Exception {", "Exception { Runtime.getRuntime().halt(7);"));
        awaitTold("said the tests do not end: their JVM is replaced", deadly);
        awaitTold("done false", deadly);
        assertThat(screen.results.get(screen.results.size() - 1).trouble()).contains("ended with 7");

        int well = mark();
        project.write(OTHER, TinyMaven.OTHER_TEST);
        awaitTold("done true", well);
    }

    @Test
    void obeysKeys() {
        TinyMaven project = new TinyMaven(root.resolve("project"), "6.1.3");
        watch(project, false);

        key('h');
        awaitTold("help", 0);
        key('o');
        awaitTold("waiting output", 0);
        int again = mark();
        key('r');
        awaitTold("printed adding", again);
        awaitTold("waiting output", again);

        int paused = mark();
        key('p');
        awaitTold("waiting paused output", paused);
        project.write(TEST, TinyMaven.ADDER_TEST.replace("assertEquals(3", "assertEquals(4"));
        key('h');
        awaitTold("help", paused);
        assertThat(screen.told.subList(paused, screen.told.size())).noneMatch(line -> line.startsWith("runs"));
        key('p');
        awaitTold("done false", paused);

        int failed = mark();
        key('f');
        awaitTold("done false", failed);
        assertThat(screen.results.get(screen.results.size() - 1).results())
                .extracting(TestResult::name)
                .containsExactly("AdderTest > adds()");
    }

    @Test
    void runsAgainWhenSyncedFilesHaveLandedButNotForWhatTheTestsThemselvesWrote() {
        TinyMaven project = new TinyMaven(root.resolve("project"), "6.1.3");
        watch(project, true);
        int flushes = session.flushes.get();

        int landed = mark();
        session.saved("/elsewhere/view.erb", "web");
        awaitTold("done true", landed);
        assertThat(screen.told.subList(landed, screen.told.size())).contains("runs 2 that may use web");
        assertThat(session.flushes.get()).isGreaterThan(flushes);
        assertThat(screen.results.get(1).stages()).containsKeys("synced", "settled", "run", "verdict");

        int own = mark();
        project.write(
                OTHER,
                TinyMaven.OTHER_TEST.replace(
                        "Exception {",
                        "Exception { ((java.util.Set<Object>) System.getProperties().get(\"dev.devshell.watch.own-files\"))"
                                + ".add(\"/elsewhere/view.erb\"); Thread.sleep(1500);"));
        awaitTold("started isThere()", own);
        session.saved("/elsewhere/view.erb", "web");
        awaitTold("done true", own);
        assertThat(screen.told.subList(own, screen.told.size())).doesNotContain("cancelled");
    }

    @Test
    void runsOnceWithoutWatchingAndOnlyWhatIsAskedFor() throws Exception {
        TinyMaven project = new TinyMaven(root.resolve("project"), "6.1.3");

        assertThat(open(project, false, false, "AdderTest#addsM*").run()).isTrue();

        assertThat(screen.results)
                .singleElement()
                .satisfies(result -> assertThat(result.results())
                        .extracting(TestResult::name)
                        .containsExactly("AdderTest > addsMore()"));
        // Maven is asked once: what it said is kept for as long as the pom is the same.
        long asked = Files.getLastModifiedTime(root.resolve("scratch/build-model.txt"))
                .toMillis();
        assertThat(open(project, false, false).run()).isTrue();
        assertThat(Files.getLastModifiedTime(root.resolve("scratch/build-model.txt"))
                        .toMillis())
                .isEqualTo(asked);
    }
}
