package dev.devshell.repl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code devshell logs} on containers that come and go. */
@Tag("engine")
class LogsTests {
    private static final String COMPOSE = """
            name: cli-logs
            services:
              web: {build: ., init: true, command: ["sh", "-c", "echo web begins; exec sleep infinity"]}
              worker: {build: ., init: true, command: ["sh", "-c", "echo worker begins; exec sleep infinity"]}
            """;

    private final TinyProject project;

    LogsTests(@TempDir Path root) {
        project = new TinyProject(root, "cli-logs");
        project.write("compose.yaml", COMPOSE);
    }

    @AfterEach
    void remove() {
        project.devshell("down");
        project.run(
                Map.of(), List.of("docker", "compose", "-p", project.name(), "down", "--rmi", "local", "--volumes"));
    }

    /** Has a container write a line to its log. */
    private void write(String service, String text) {
        assertThat(project.run(
                                Map.of(),
                                List.of(
                                        "docker",
                                        "compose",
                                        "exec",
                                        "-T",
                                        service,
                                        "sh",
                                        "-c",
                                        "echo '" + text + "' > /proc/1/fd/1"))
                        .code())
                .isZero();
    }

    private void recreate(String service) {
        assertThat(project.run(
                                Map.of(),
                                List.of("docker", "compose", "up", "-d", "--no-deps", "--force-recreate", service))
                        .code())
                .isZero();
    }

    private List<String> logs(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "logs";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        TinyProject.Run run = project.devshell(all);
        assertThat(run.code()).as(run.err()).isZero();
        return run.out().lines().toList();
    }

    @Test
    @DisplayName(
            "logs in the order of time, by level and pattern, also of a container that is gone; -f without a gap or a twin")
    void logsOfContainersThatComeAndGo() throws IOException {
        assertThat(project.devshell("up", "-d").code()).isZero();
        write("web", "ERROR one");
        write("worker", "two");
        write("web", "three");

        assertThat(logs())
                .contains("web    | web begins", "worker | worker begins")
                .containsSubsequence("web    | ERROR one", "worker | two", "web    | three");
        assertThat(logs("--grep", "t.o|three", "web")).containsExactly("web | three");
        assertThat(logs("--level", "warn")).containsExactly("web    | ERROR one");
        assertThat(logs("--tail", "1")).containsExactly("worker | two", "web    | three");
        assertThat(logs("--since", "2020-01-01", "--tail", "1", "--json", "web"))
                .singleElement()
                .asString()
                .contains("\"schema\":1", "\"service\":\"web\"", "\"source\":\"web-1\"", "\"text\":\"three\"");
        assertThat(project.devshell("logs", "nosuch").code()).isNotZero();

        Path followed = project.path("../followed");
        Process follower = project.start(followed, "logs", "-f", "web");
        try {
            awaitLine(followed, "web | three");
            assertThat(project.devshell("restart", "web").code()).isZero();
            write("web", "four");
            awaitLine(followed, "web | four");
            recreate("web");
            write("web", "five");
            awaitLine(followed, "web | five");
        } finally {
            follower.destroy();
        }
        List<String> whole = List.of(
                "web | web begins",
                "web | ERROR one",
                "web | three",
                "web | web begins",
                "web | four",
                "web | web begins",
                "web | five");
        assertThat(Files.readAllLines(followed)).isEqualTo(whole);
        // The engine forgot the first container with it.
        assertThat(logs("web")).isEqualTo(whole);
    }

    private static void awaitLine(Path file, String line) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(Files.readAllLines(file)).contains(line));
    }
}
