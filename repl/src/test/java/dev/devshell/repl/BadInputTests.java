package dev.devshell.repl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.devshell.repl.TinyProject.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong is said as what, why and next, before anything is touched. */
@Tag("engine")
class BadInputTests {
    private final TinyProject project;

    BadInputTests(@TempDir Path root) {
        project = new TinyProject(root, "cli-bad");
    }

    @Test
    void namesAnUnknownServiceAndThoseThereAre() {
        Run run = project.devshell("up", "-d", "wbe");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("no service \"wbe\"", "why:", "web", "next:");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void pointsAtASyntaxErrorOfTheComposeFile() {
        project.write("compose.yaml", "services:\n  web:\n   build: .\n  image: [\n");

        Run run = project.devshell("up", "-d");

        assertThat(run.code()).isNotZero();
        assertThat(run.err()).contains("devshell: ", "why:", "next:").doesNotContain("\tat ");
    }

    @Test
    void pointsAtTheLineOfADockerfileThatDoesNotParse() {
        project.write("Dockerfile", "FROM debian:trixie-slim\nCOPPY . .\n");

        Run run = project.devshell("up", "-d");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("Dockerfile", "2", "why:", "next:").doesNotContain("\tat ");
        // The background process holds nothing, so it ends.
        await().atMost(Duration.ofSeconds(20))
                .until(() -> project.devshell("sync", "status").code() == 1);
    }

    @Test
    void tellsADeadEngineFromEverythingElse() {
        Run run = project.devshell(Map.of("DOCKER_HOST", "unix:///nonexistent"), "up", "-d");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("unix:///nonexistent", "next:");
    }

    @Test
    void tellsAProgramInJson() {
        Run run = project.devshell("--json", "sync", "status");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("\"schema\":1", "\"code\":\"NO-SESSION\"");
    }

    @Test
    void plansWithoutAnyContainer() {
        Run run = project.devshell("sync", "plan", "--files", "--json");

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains(
                        "{\"schema\":1,\"service\":\"web\",\"host\":\"app/a.txt\",\"container\":\"/srv/app/a.txt\",\"line\":3}");
    }
}
