package dev.devshell.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.devshell.DevshellException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real runs of Compose on the real engine. */
@Tag("engine")
@Timeout(120)
class ComposeTests {
    private static final String DEBIAN = "image: debian:trixie-slim, stop_grace_period: 0s";

    @TempDir
    Path dir;

    private final String name = "compose-" + UUID.randomUUID().toString().substring(0, 8);
    private boolean started;

    @AfterEach
    void cleanUp() {
        if (started) {
            compose().down(true, ProgressListener.silent());
        }
    }

    @Test
    void bringsAProjectUpAndDown() {
        Compose compose = project("web: {" + DEBIAN
                + ", command: [sh, -c, 'echo hello $$HOME; sleep infinity'], ports: ['127.0.0.1::80']}");
        List<String> progress = new CopyOnWriteArrayList<>();

        compose.up(compose.config(), UpOptions.ALL, progress::add);

        assertThat(progress).isNotEmpty().noneMatch(line -> line.contains("\u001b"));
        assertThat(compose.ps()).singleElement().satisfies(entry -> {
            assertThat(entry.service()).isEqualTo("web");
            assertThat(entry.state()).isEqualTo("running");
            assertThat(entry.project()).isEqualTo(name);
        });
        assertThat(compose.port("web", 80).orElseThrow()).matches("127\\.0\\.0\\.1:\\d+");
        assertThat(compose.port("web", 81)).isEmpty();
        List<LogLine> lines = new CopyOnWriteArrayList<>();
        Awaitility.await().until(() -> {
            compose.logs(LogOptions.ALL, lines::add);
            return !lines.isEmpty();
        });
        assertThat(lines.get(0)).isEqualTo(new LogLine("web-1", "hello /root"));
        RunOptions options = new RunOptions(
                true,
                java.util.Optional.of("33"),
                java.util.Optional.of("/usr"),
                List.of("CODE=7"),
                java.util.Optional.empty());
        assertThat(compose.exec("web", List.of("sh", "-c", "test $(id -u):$(pwd) = 33:/usr && exit $CODE"), options))
                .isEqualTo(7);
        assertThat(compose.run("web", List.of("sh", "-c", "exit 5"), options)).isEqualTo(5);

        compose.restart(List.of("web"), ProgressListener.silent());
        compose.stop(List.of(), ProgressListener.silent());
        assertThat(compose.ps()).extracting(PsEntry::state).containsExactly("exited");
        compose.down(true, ProgressListener.silent());
        assertThat(compose.ps()).isEmpty();
    }

    @Test
    void takesAOneShotServiceThatEndedWellForReady() {
        Compose compose = project("migrate: {" + DEBIAN + ", command: 'true'}\n  web: {" + DEBIAN
                + ", command: sleep infinity, healthcheck: {test: [CMD, sleep, '0.3'], interval: 300ms}}");

        compose.up(compose.config(), UpOptions.ALL, ProgressListener.silent());

        assertThat(compose.ps())
                .extracting(PsEntry::service, PsEntry::state, PsEntry::health)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("migrate", "exited", ""),
                        org.assertj.core.groups.Tuple.tuple("web", "running", "healthy"));
    }

    @Test
    void saysWhyAServiceIsUnhealthy() {
        Compose compose = project("web: {" + DEBIAN
                + ", command: [sh, -c, 'echo cannot open the thing >&2; sleep infinity'],"
                + " healthcheck: {test: [CMD-SHELL, 'echo port 3000 refused; false'], interval: 200ms, retries: 2}}\n"
                + "  front: {" + DEBIAN
                + ", command: sleep infinity, depends_on: {web: {condition: service_healthy}}}");

        DevshellException error = error(() -> compose.up(compose.config(), UpOptions.ALL, ProgressListener.silent()));

        assertThat(error.code()).isEqualTo("SERVICE-UNHEALTHY");
        assertThat(error.exitCode()).isEqualTo(4);
        assertThat(error.what()).contains("\"web\"");
        assertThat(error.why()).contains("port 3000 refused").contains("cannot open the thing");
        assertThat(error.next()).contains("devshell logs web");
    }

    @Test
    void noticesAtOnceThatAServiceEndedBadly() {
        Compose compose = project(
                "bad: {" + DEBIAN + ", command: [sh, -c, 'echo no such table; exit 9']}\n  slow: {" + DEBIAN
                        + ", command: sleep infinity, healthcheck: {test: [CMD, sleep, '100'], interval: 1s, timeout: 200s}}");

        DevshellException error = error(() -> compose.up(compose.config(), UpOptions.ALL, ProgressListener.silent()));

        assertThat(error.code()).isEqualTo("SERVICE-EXITED");
        assertThat(error.what()).contains("\"bad\" exited with code 9");
        assertThat(error.why()).contains("no such table");

        DevshellException late = error(() -> compose.up(
                compose.config(),
                UpOptions.ALL.withServices(List.of("slow")).withWaitTimeout(Duration.ofSeconds(1)),
                ProgressListener.silent()));

        assertThat(late.code()).isEqualTo("WAIT-TIMEOUT");
        assertThat(late.what()).contains("slow (starting)").doesNotContain("bad");
    }

    @Test
    void saysWhichServiceOthersWaitedForInVain() {
        Compose compose = project(
                "migrate: {" + DEBIAN + ", command: [sh, -c, 'echo no such table; exit 9']}\n  web: {" + DEBIAN
                        + ", command: sleep infinity, depends_on: {migrate: {condition: service_completed_successfully}}}");

        DevshellException error = error(() -> compose.up(compose.config(), UpOptions.ALL, ProgressListener.silent()));

        assertThat(error.code()).isEqualTo("SERVICE-EXITED");
        assertThat(error.what()).contains("\"migrate\" exited with code 9");
        assertThat(error.why()).contains("no such table");
    }

    @Test
    void takesNoOptionForAService() {
        Compose compose = project("web: {image: x}");

        assertThat(error(() -> compose.stop(List.of("--help"), ProgressListener.silent()))
                        .code())
                .isEqualTo("UNKNOWN-SERVICE");
        assertThat(error(() -> compose.exec("-d", List.of("web"), RunOptions.PLAIN))
                        .code())
                .isEqualTo("UNKNOWN-SERVICE");
    }

    @Test
    void namesTheStepThatABuildFailedAt() {
        Compose compose =
                project("web: {build: {dockerfile_inline: \"FROM debian:trixie-slim\\nRUN echo oh no; exit 3\\n\"}}");
        List<String> progress = new CopyOnWriteArrayList<>();

        DevshellException error = error(() -> compose.up(compose.config(), UpOptions.ALL, progress::add));

        assertThat(error.code()).isEqualTo("BUILD-FAILED");
        assertThat(error.what()).contains("of web").contains("RUN echo oh no");
        assertThat(error.why()).contains("oh no").contains("exit code: 3");
        assertThat(progress).anyMatch(line -> line.contains("RUN echo oh no"));
    }

    @Test
    void saysThatAPortIsInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
            Compose compose = project(
                    "web: {" + DEBIAN + ", command: sleep infinity, ports: ['" + taken.getLocalPort() + ":80']}");

            DevshellException error =
                    error(() -> compose.up(compose.config(), UpOptions.ALL, ProgressListener.silent()));

            assertThat(error.code()).isEqualTo("PORT-IN-USE");
            assertThat(error.what()).contains(String.valueOf(taken.getLocalPort()));
        }
    }

    @Test
    void keepsWhatTheComposeFileSays() {
        Compose compose =
                project("web: {build: {context: ., args: {A: 'x$$y'}}, x-devshell: {sync: off, ignore: ['log/']}}");

        ComposeService web = compose.config().require("web");

        assertThat(web.sync().mode()).contains(SyncSettings.Mode.OFF);
        assertThat(web.sync().ignore()).containsExactly("log/");
        assertThat(web.build().orElseThrow().args()).containsEntry("A", "x$y");
        assertThat(web.build().orElseThrow().contextDirectory()).contains(dir);
        assertThat(compose.config().directory()).isEqualTo(dir);
        assertThat(compose.version()).isGreaterThan(ComposeVersion.OLDEST);
    }

    @Test
    void pointsAtTheSyntaxError() {
        Compose compose = project("web: {image: x}\n   command: [x");

        DevshellException error = error(compose::config);

        assertThat(error.code()).isEqualTo("COMPOSE-SYNTAX");
        assertThat(error.exitCode()).isEqualTo(1);
        assertThat(error.why())
                .contains("compose.yaml:4:")
                .contains("   command: [x")
                .endsWith("^");
    }

    @Test
    void saysWhichServicesThereAre() {
        Compose compose = project("web: {image: x}\n  worker: {image: x, profiles: [all]}");

        DevshellException error = error(() -> compose.build(List.of("wroker"), false, ProgressListener.silent()));

        assertThat(error.code()).isEqualTo("UNKNOWN-SERVICE");
        assertThat(error.exitCode()).isEqualTo(2);
        assertThat(error.why()).contains("web, worker");
        assertThat(error.next()).contains("worker");
    }

    @Test
    void saysThatThereIsNoComposeFile() {
        DevshellException error = error(() -> new Compose(ComposeOptions.of(dir)).config());

        assertThat(error.code()).isEqualTo("NO-COMPOSE-FILE");
        assertThat(error.exitCode()).isEqualTo(2);
        assertThat(error.why()).contains(dir.toString());
    }

    @Test
    void saysThatTheEngineIsDown() {
        project("web: {" + DEBIAN + "}");
        Map<String, String> env = new HashMap<>(System.getenv());
        env.put("DOCKER_HOST", "unix://" + dir.resolve("no.sock"));
        assertThat(error(() -> new Compose(ComposeOptions.of(dir).withEnvironment(env)).ps())
                        .exitCode())
                .isEqualTo(3);
    }

    @Test
    void endsComposeWhenItIsInterrupted() throws Exception {
        Compose compose = project("web: {build: {dockerfile_inline: \"FROM debian:trixie-slim\\nRUN sleep 60.5\\n\"}}");
        CountDownLatch building = new CountDownLatch(1);
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                compose.build(List.of(), true, line -> {
                    if (line.contains("RUN sleep 60.5")) {
                        building.countDown();
                    }
                });
            } catch (DevshellException e) {
                ended.complete(e);
            }
        });
        thread.start();
        assertThat(building.await(60, TimeUnit.SECONDS)).isTrue();

        thread.interrupt();

        assertThat(ended.get(10, TimeUnit.SECONDS)).isInstanceOf(DevshellException.Interrupted.class);
        assertThat(ProcessHandle.current().descendants().filter(ComposeTests::isCompose))
                .isEmpty();
    }

    private static boolean isCompose(ProcessHandle process) {
        String command = process.info().command().orElse("");
        // Another test of this process may have started an engine of its own.
        return process.isAlive() && command.contains("docker") && !command.endsWith("/dockerd");
    }

    private Compose project(String services) {
        try {
            Files.writeString(dir.resolve("compose.yaml"), "name: " + name + "\nservices:\n  " + services + "\n");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        started = !services.contains("command: [x");
        return compose();
    }

    private Compose compose() {
        return new Compose(ComposeOptions.of(dir));
    }

    private static DevshellException error(ThrowingCallable call) {
        DevshellException error = catchThrowableOfType(DevshellException.class, call);
        assertThat(error).as("an error").isNotNull();
        return error;
    }
}
