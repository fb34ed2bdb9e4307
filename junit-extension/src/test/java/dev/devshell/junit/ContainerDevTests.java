package dev.devshell.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import dev.devshell.Service.Condition;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** What the extension does around tests, against a project that needs no engine. */
class ContainerDevTests {
    private FakeDoor door = new FakeDoor();

    @BeforeEach
    void freshDoor() {
        door = new FakeDoor();
        FakeDoor.current = door;
    }

    private static EngineExecutionResults run(Map<String, String> parameters, Class<?>... classes) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(Stream.of(classes)
                        .map(type -> selectClass(type))
                        .toArray(org.junit.platform.engine.DiscoverySelector[]::new))
                .configurationParameters(parameters)
                .execute();
    }

    private static Events tests(Class<?>... classes) {
        return run(Map.of(), classes).testEvents();
    }

    private static Throwable failureOf(Events events) {
        return events.failed().stream()
                .flatMap(event -> event.getPayload(TestExecutionResult.class).stream())
                .flatMap(result -> result.getThrowable().stream())
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing failed"));
    }

    @ExtendWith(FakeDoor.Guarded.class)
    @ContainerDev(services = "web")
    static class First {
        @Test
        void one(DevSession session, @ForService("web") DevService web) {
            assertThat(session.project()).isEqualTo("fake");
            assertThat(web.url(3000, "/up")).isEqualTo(URI.create("http://localhost:41000/up"));
            assertThat(web.exec("false")).isEqualTo(new ExecResult(7, "out\n", "err\n"));
            assertThat(web.logs()).isEqualTo("listening\n");
            assertThat(web.isSynced()).isTrue();
        }

        @Test
        void two() {}
    }

    static class Inheriting extends First {}

    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @ExtendWith(FakeDoor.Guarded.class)
    @ContainerDev(services = "web")
    @interface ShopTest {}

    @ShopTest
    static class Composed {
        @ForService("web")
        @SuppressWarnings("NullAway.Init")
        static DevService shared;

        @ForService("db")
        @SuppressWarnings("NullAway.Init")
        DevService db;

        @Test
        void hasFields() {
            assertThat(shared.name()).isEqualTo("web");
            assertThat(db.name()).isEqualTo("db");
        }

        @Nested
        class Inner {
            @Test
            void injectsOfTheOuterClass(@ForService("db") DevService given) {
                assertThat(given.state().condition()).isEqualTo(Condition.RUNNING);
            }
        }
    }

    @Test
    void bootsOnceForAllClassesAndTakesDownOnce() {
        Events tests = tests(First.class, Inheriting.class, Composed.class);

        tests.assertStatistics(counts -> counts.succeeded(6).failed(0));
        assertThat(door.opened).hasSize(1);
        assertThat(door.project.toldOf("up")).containsExactly("up [web]");
        assertThat(door.project.closed).hasValue(1);
    }

    @Test
    void bootsOnceThoughClassesAndTestsRunAtOnce() {
        Map<String, String> parallel = Map.of(
                "junit.jupiter.execution.parallel.enabled", "true",
                "junit.jupiter.execution.parallel.mode.default", "concurrent",
                "junit.jupiter.execution.parallel.config.strategy", "fixed",
                "junit.jupiter.execution.parallel.config.fixed.parallelism", "4");

        run(parallel, First.class, Inheriting.class, Composed.class)
                .testEvents()
                .assertStatistics(counts -> counts.succeeded(6).failed(0));

        assertThat(door.opened).hasSize(1);
        assertThat(door.project.closed).hasValue(1);
    }

    @Test
    void tellsTheFirstClassWhyTheBootFailedAndGivesItToTheOthersAsCause() {
        DevshellException cause = new DevshellException.Failed("BUILD-FAILED", "no build", "line 3", "mend it");
        door.failure = cause;

        Events containers = run(Map.of(), First.class, Inheriting.class).containerEvents();

        containers.assertStatistics(counts -> counts.failed(2));
        assertThat(containers.failed().stream()
                        .flatMap(event -> event.getPayload(TestExecutionResult.class).stream())
                        .flatMap(result -> result.getThrowable().stream()))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .isSameAs(cause)
                                .hasMessage("no build\n  why: line 3\n  next: mend it"),
                        second -> assertThat(second)
                                .hasMessageContaining("Inheriting")
                                .hasMessageContaining("First")
                                .hasMessageContaining("no build: line 3")
                                .hasCause(cause));
        assertThat(door.opened).hasSize(1);
    }

    @ExtendWith(FakeDoor.Guarded.class)
    @ContainerDev(services = "wbe")
    static class Misspelt {
        @Test
        void never() {}
    }

    @Test
    void namesAnUnknownService() {
        run(Map.of(), Misspelt.class)
                .containerEvents()
                .assertThatEvents()
                .haveExactly(
                        1, event(finishedWithFailure(message(text -> text.contains("wbe") && text.contains("web")))));
        assertThat(door.project.toldOf("up")).isEmpty();
    }

    @ExtendWith(FakeDoor.Guarded.class)
    @ContainerDev(files = "compose.yaml")
    static class Outer {
        @Nested
        @ContainerDev(files = "other.yaml")
        class Inner {
            @Test
            void never() {}
        }
    }

    @Test
    void refusesTwoProjectsInOneClassTree() {
        Events containers = run(Map.of(), Outer.class).containerEvents();

        assertThat(failureOf(containers))
                .isInstanceOf(DevshellException.Usage.class)
                .hasMessageContaining("Inner and Outer")
                .hasMessageContaining("files [other.yaml] and [compose.yaml]")
                .hasMessageContaining("next:");
    }

    @Test
    void putsTheBarrierBeforeEachTestAndLetsServicesSettleOnlyAfterAnEditOrAStart() {
        tests(Quiet.class).assertStatistics(counts -> counts.succeeded(2).failed(0));
        // Once for @BeforeEach methods and once for the test.
        assertThat(door.project.toldOf("flush")).hasSize(4);
        int looks = door.project.toldOf("look").size();

        freshDoor();
        tests(Edited.class).assertStatistics(counts -> counts.succeeded(2).failed(0));
        assertThat(door.project.toldOf("look")).hasSize(looks + 2);

        freshDoor();
        tests(Restarted.class).assertStatistics(counts -> counts.succeeded(2).failed(0));
        assertThat(door.project.toldOf("look")).hasSize(looks + 2);
    }

    @ExtendWith(FakeDoor.Guarded.class)
    @ContainerDev(services = "web")
    static class Quiet {
        @Test
        void one() {}

        @Test
        void two() {}
    }

    @ExtendWith(FakeDoor.Guarded.class)
    @ContainerDev(services = "web")
    static class Edited {
        @BeforeEach
        void edit() {
            FakeDoor.current.project.edits.incrementAndGet();
        }

        @Test
        void one() {}

        @Test
        void two() {}
    }

    @ExtendWith(FakeDoor.Guarded.class)
    @ContainerDev(services = "web")
    static class Restarted {
        @BeforeEach
        void restart() {
            FakeDoor.current.project.starts.incrementAndGet();
        }

        @Test
        void one() {}

        @Test
        void two() {}
    }

    @Test
    void failsTheTestWithTheFilesThatAreBehind() {
        door.project.flushFailure =
                new DevshellException.Failed("SYNC-BEHIND", "not all has arrived", "app/a.rb is behind", "wait");

        Events tests = tests(Quiet.class);

        tests.assertStatistics(counts -> counts.failed(2));
        assertThat(failureOf(tests)).hasMessageContaining("app/a.rb is behind");
    }

    @ExtendWith(FakeDoor.Guarded.class)
    static class Registered {
        @RegisterExtension
        static final ContainerDevExtension DEV = ContainerDevExtension.builder()
                .services("web")
                .waitFor(
                        "web",
                        WaitFor.until("the answer is given", web -> web.state().condition() == Condition.HEALTHY))
                .waitFor("web", WaitFor.log("listen"))
                .bootTimeout(java.time.Duration.ofMillis(300))
                .build();

        @Test
        void runs(DevService only) {
            assertThat(only.name()).isEqualTo("web");
        }
    }

    @Test
    void takesSettingsFromABuilderAndWaitsForWhatItIsTold() {
        tests(Registered.class).assertStatistics(counts -> counts.succeeded(1));

        freshDoor();
        door.project.web = Condition.RUNNING;
        assertThat(failureOf(run(Map.of(), Registered.class).containerEvents()))
                .hasMessageContaining("\"web\" has not settled")
                .hasMessageContaining("waited for the answer is given; it is running")
                .hasMessageContaining("next:");
    }

    @ExtendWith(FakeDoor.Guarded.class)
    @ContainerDev(services = "web")
    static class WrongQuestions {
        @Test
        void unpublished(DevService web) {
            web.url(9999);
        }
    }

    @Test
    void namesThePortsThatArePublished() {
        assertThat(failureOf(tests(WrongQuestions.class)))
                .hasMessageContaining("does not publish the port 9999")
                .hasMessageContaining("it publishes 3000")
                .hasMessageContaining("next:");
    }

    @ExtendWith(FakeDoor.Guarded.class)
    @ContainerDev
    static class Nameless {
        @Test
        void which(DevService one) {}
    }

    @Test
    void asksWhichServiceWhereThereAreSeveral() {
        assertThat(failureOf(tests(Nameless.class)))
                .hasRootCauseInstanceOf(DevshellException.Usage.class)
                .rootCause()
                .hasMessageContaining("@ForService");
    }

    @ExtendWith(FakeDoor.Guarded.class)
    @ContainerDev(services = "web")
    static class Editing {
        private final DevService made;

        Editing(DevService made) {
            this.made = made;
        }

        @Test
        void writes() throws IOException {
            made.edit("a.txt", "two");
            made.edit("a.txt", "three");
            made.edit("deep/er/b.txt", "new");
            made.edit("kept.txt", "kept").keep();
            assertThat(Files.readString(made.file("a.txt"))).isEqualTo("three");
        }
    }

    @Test
    void putsEditsBackAfterTheTestUnlessToldOtherwise(@TempDir Path directory) throws IOException {
        door.project.directory = directory;
        Files.writeString(directory.resolve("a.txt"), "one");

        tests(Editing.class).assertStatistics(counts -> counts.succeeded(1));

        assertThat(directory.resolve("a.txt")).hasContent("one");
        assertThat(directory.resolve("deep")).doesNotExist();
        assertThat(directory.resolve("kept.txt")).hasContent("kept");
    }

    @ContainerDev(env = "DOCKER_HOST=unix:///nonexistent", disabledWithoutDocker = true)
    static class WithoutEngine {
        @Test
        void never() {}
    }

    @Test
    void isDisabledWithoutAnEngineWhereThatIsAskedFor() {
        EngineExecutionResults results = run(Map.of(), WithoutEngine.class);

        results.containerEvents().assertStatistics(counts -> counts.skipped(1).failed(0));
        assertThat(results.containerEvents().skipped().stream()
                        .flatMap(event -> event.getPayload(String.class).stream())
                        .findFirst())
                .hasValueSatisfying(reason -> assertThat(reason).contains("unix:///nonexistent"));
    }

    @ExtendWith(FakeDoor.Guarded.class)
    @ContainerDev(services = "web")
    static class Ending {
        @Test
        void ends(DevSession session) {
            session.close();
            session.end();
        }
    }

    @Test
    void doesNotLetATestEndWhatOthersUse() {
        assertThat(failureOf(tests(Ending.class)))
                .isInstanceOf(DevshellException.Usage.class)
                .hasMessageContaining("does not end the session");
        assertThat(Optional.of(door.project.closed.get())).contains(1);
    }
}
