package dev.devshell.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.devshell.DevSession;
import dev.devshell.UpOptions;
import dev.devshell.compose.Remains;
import dev.devshell.session.ProjectAccess;
import dev.devshell.session.Strays;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The extension on a real project: whose session it is, and what is left. */
@Tag("engine")
class RealProjectTests {
    private static final int PORT = 39_417;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path root;

    @SuppressWarnings("NullAway.Init")
    private PageProject project;

    @BeforeEach
    void make() {
        // Runs of different versions of Jupiter follow each other on one engine.
        project = new PageProject(root, "junit-page", PORT);
        Sample.project = project;
    }

    @AfterEach
    void remove() {
        new Remains(project.key(Mode.AUTO).options()).remove("junit-page");
        new Strays(project.env()).remove(new Strays(project.env()).all());
    }

    static String read(URI page) throws IOException {
        try (InputStream in = page.toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static EngineExecutionResults run(Class<?>... classes) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(List.of(classes).stream()
                        .map(type -> selectClass(type))
                        .toArray(org.junit.platform.engine.DiscoverySelector[]::new))
                .execute();
    }

    private static void passes(Class<?>... classes) {
        EngineExecutionResults results = run(classes);
        assertThat(results.allEvents().failed().stream()
                        .flatMap(event -> event.getPayload(TestExecutionResult.class).stream())
                        .flatMap(result -> result.getThrowable().stream()))
                .isEmpty();
        assertThat(results.testEvents().succeeded().count()).isPositive();
    }

    private static Throwable failureOf(Class<?> type) {
        return run(type).allEvents().failed().stream()
                .flatMap(event -> event.getPayload(TestExecutionResult.class).stream())
                .flatMap(result -> result.getThrowable().stream())
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing failed"));
    }

    /** Where classes that Jupiter makes find the project. */
    static final class Sample {
        static volatile PageProject project =
                new PageProject(Path.of(System.getProperty("java.io.tmpdir"), "junit-page-none"), "junit-none", 1);

        private Sample() {}

        static ContainerDevBuilder builder() {
            String given = System.getenv("PAGE_PROJECT");
            return given == null
                    ? project.builder()
                    : ContainerDevExtension.builder().directory(Path.of(given));
        }
    }

    static class Auto {
        @RegisterExtension
        final ContainerDevExtension dev = Sample.builder().services("web").build();

        @Test
        void seesWhatTheEditorShows(DevService web) throws IOException {
            assertThat(read(web.url(3000))).isEqualTo("one");
            web.edit("app/page.txt", "two");
            web.awaitSynced();
            assertThat(read(web.url(3000))).isEqualTo("two");
            ExecResult result = web.exec("sh", "-c", "echo made > app/made.txt; echo out; echo err >&2; exit 3");
            assertThat(result).isEqualTo(new ExecResult(3, "out\n", "err\n"));
            assertThat(web.file("app/made.txt")).hasContent("made\n");
            assertThat(web.logs()).contains("listening");
            assertThat(web.port(3000)).isEqualTo(PORT);
        }
    }

    @Test
    void bootsWhereThereIsNoSessionAndLeavesNothing() {
        passes(Auto.class);

        assertThat(project.directory().resolve("app/page.txt")).hasContent("one");
        assertThat(project.leftOnTheEngine()).isEmpty();
    }

    @Test
    void attachesToALiveSessionAndLeavesItAsItWas() {
        try (ProjectAccess access = new ProjectAccess(project.key(Mode.AUTO).options());
                DevSession live = access.begin()) {
            live.up(UpOptions.all(), line -> {});
            List<String> before = containers(live);

            passes(Auto.class);

            assertThat(containers(live)).isEqualTo(before);
            assertThat(access.find()).isPresent();
        }
    }

    private static List<String> containers(DevSession session) {
        return session.services().stream()
                .flatMap(service -> service.containers().stream())
                .map(container -> container.containerId() + container.since())
                .toList();
    }

    static class Slow {
        @RegisterExtension
        final ContainerDevExtension dev = Sample.builder().build();

        @Test
        void outlastsWhoBooted(DevService web) throws IOException {
            Path begun = web.file("begun");
            Files.writeString(begun, "");
            await().atMost(Duration.ofMinutes(1)).until(() -> !Files.exists(begun));
            assertThat(read(web.url(3000))).isEqualTo("one");
        }
    }

    @Test
    void doesNotTakeDownWhatAnotherJvmUses() throws IOException, InterruptedException {
        Path begun = project.directory().resolve("begun");
        Process owner = Jvm.start(Slow.class, project, root.resolve("owner.log"));
        await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(begun));
        Process guest = Jvm.start(Slow.class, project, root.resolve("guest.log"));
        Path tests = root.resolve("state");
        await().atMost(Duration.ofMinutes(1)).until(() -> guests(tests) == 2);
        Files.delete(begun);
        // The owner ends its tests; the guest begins its own, or is in the middle of them.
        await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(begun) || !guest.isAlive());
        Files.deleteIfExists(begun);

        assertThat(exitCode(guest))
                .as(Files.readString(root.resolve("guest.log")))
                .isZero();
        assertThat(exitCode(owner))
                .as(Files.readString(root.resolve("owner.log")))
                .isZero();
        assertThat(project.leftOnTheEngine()).isEmpty();
    }

    private static long guests(Path state) throws IOException {
        try (Stream<Path> all = Files.walk(state)) {
            return all.filter(path -> path.getFileName().toString().startsWith("guest-"))
                    .count();
        }
    }

    static class Attach {
        @RegisterExtension
        static final ContainerDevExtension DEV =
                Sample.builder().mode(Mode.ATTACH).build();

        @Test
        void never() {}
    }

    @Test
    void demandsASessionWhereItIsToldToAttach() {
        assertThat(failureOf(Attach.class))
                .hasMessageContaining("no session of junit-page")
                .hasMessageContaining("devshell up -d");
    }

    static class Fresh {
        @RegisterExtension
        final ContainerDevExtension dev = Sample.builder().mode(Mode.FRESH).build();

        @Test
        void hasItsOwnNameAndPort(DevSession session, DevService web) throws IOException {
            assertThat(session.project()).startsWith("junit-page-");
            assertThat(web.port(3000)).isNotEqualTo(PORT);
            assertThat(read(web.url(3000))).isEqualTo("one");
        }
    }

    @Test
    void bootsFreshProjectsInJvmsAtOnceAndLeavesNothing() throws IOException, InterruptedException {
        Process one = Jvm.start(Fresh.class, project, root.resolve("one.log"));
        Process two = Jvm.start(Fresh.class, project, root.resolve("two.log"));

        assertThat(exitCode(one)).as(Files.readString(root.resolve("one.log"))).isZero();
        assertThat(exitCode(two)).as(Files.readString(root.resolve("two.log"))).isZero();
        assertThat(project.leftOnTheEngine()).isEmpty();
        assertThat(root.resolve("state/devshell")).isEmptyDirectory();
        assertThat(PageProject.docker("image ls --format {{.Repository}}").lines())
                .noneMatch(image -> image.matches("junit-page-[0-9a-f]{8}-.*"));
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    static class Hanging {
        @RegisterExtension
        final ContainerDevExtension dev = Sample.builder().mode(Mode.FRESH).build();

        @Test
        void waits(DevService web) throws InterruptedException {
            web.exec("touch", "/srv/app/waiting");
            new java.util.concurrent.CountDownLatch(1).await();
        }
    }

    @Test
    @DisplayName("kill -9 of the JVM in the middle of FRESH: nothing is left after the next sweep")
    void sweepsWhatAKilledJvmLeft() throws IOException {
        Process jvm = Jvm.start(Hanging.class, project, root.resolve("jvm.log"));
        await().atMost(Duration.ofMinutes(2))
                .until(() -> Files.exists(project.directory().resolve("app/waiting")));
        Strays strays = new Strays(project.env());
        assertThat(strays.all()).as("a live owner's").isEmpty();

        jvm.destroyForcibly().onExit().join();

        assertThat(project.leftOnTheEngine()).isNotEmpty();
        assertThat(strays.all()).hasSize(1).isEqualTo(strays.recorded());
        strays.remove(strays.all());
        assertThat(project.leftOnTheEngine()).isEmpty();
        assertThat(root.resolve("state/devshell")).isEmptyDirectory();
        assertThat(strays.all()).isEmpty();
    }

    static class Storm {
        @RegisterExtension
        static final ContainerDevExtension DEV =
                Sample.builder().services("web").build();

        static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

        /** As an editor saves just before a test runs. */
        @BeforeEach
        void save(RepetitionInfo repetition) {
            Sample.project.write("app/page.txt", "text " + repetition.getCurrentRepetition());
        }

        @RepeatedTest(200)
        void readsWhatWasJustWritten(RepetitionInfo repetition, DevService web) throws IOException {
            String page = read(web.url(3000));
            SEEN.add(page);
            assertThat(page).isEqualTo("text " + repetition.getCurrentRepetition());
        }
    }

    @Test
    @DisplayName("rule 8: a page read right after its view was written, 200 times: never once the old text")
    void neverReadsTheOldText() {
        passes(Storm.class);

        assertThat(Storm.SEEN).hasSize(200);
    }

    static class Sick {
        @RegisterExtension
        static final ContainerDevExtension DEV =
                Sample.builder().bootTimeout(Duration.ofSeconds(20)).build();

        @Test
        void never() {}
    }

    @Test
    void saysWhatIsWrongWithAServiceThatNeverGetsHealthyAndLeavesNothing() throws IOException {
        String compose = Files.readString(project.directory().resolve("compose.yaml"));
        project.write("compose.yaml", compose.replace("/srv/app/page.txt", "/absent"));

        assertThat(failureOf(Sick.class)).hasMessageContaining("web").hasMessageContaining("next:");
        assertThat(project.leftOnTheEngine()).isEmpty();
    }

    @Test
    void pointsAtAComposeError() {
        project.write("compose.yaml", "services:\n  web:\n    image: [\n");

        assertThat(failureOf(Auto.class))
                .hasMessageContaining("compose.yaml")
                .hasMessageContaining("why:")
                .hasMessageContaining("next:");
    }

    static class NoEngine {
        @RegisterExtension
        static final ContainerDevExtension DEV =
                Sample.builder().env("DOCKER_HOST", "unix:///nonexistent").build();

        @Test
        void never() {}
    }

    @Test
    void tellsThatThereIsNoEngine() {
        assertThat(failureOf(NoEngine.class))
                .hasMessageContaining("unix:///nonexistent")
                .hasMessageContaining("next:");
    }
}
