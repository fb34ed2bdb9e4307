package dev.devshell.repl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.devshell.repl.TinyProject.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a changed file leads to besides its sync, and what a changed plan does, with a real engine. */
@Tag("engine")
class RebuildTests {
    private static final String COMPOSE = """
            name: cli-rebuild
            services:
              web:
                build: .
                init: true
                x-devshell: {%s}
                develop: {watch: [{action: sync+restart, path: conf, target: /srv/conf}]}
            """;
    private static final String DOCKERFILE = """
            FROM debian:trixie-slim
            WORKDIR /srv
            COPY deps.txt ./
            RUN ! grep -q broken deps.txt && cp deps.txt /installed
            COPY . .
            CMD ["sleep", "infinity"]
            """;

    private final TinyProject project;

    RebuildTests(@TempDir Path root) throws IOException {
        project = new TinyProject(root, "cli-rebuild");
        project.write("Dockerfile", DOCKERFILE);
        project.write("deps.txt", "one\n");
        Files.createDirectories(project.path("conf"));
        project.write("conf/a.conf", "one\n");
    }

    @AfterEach
    void remove() {
        project.devshell("down");
        project.run(
                Map.of(), List.of("docker", "compose", "-p", project.name(), "down", "--rmi", "local", "--volumes"));
    }

    private void up(String settings) {
        project.write("compose.yaml", COMPOSE.formatted(settings));
        Run up = project.devshell("up", "-d");
        assertThat(up.err()).contains("is up and in sync");
    }

    private String status() {
        return project.devshell("sync", "status").out();
    }

    private void kill() {
        ProcessHandle.allProcesses()
                .filter(process -> List.of(process.info().arguments().orElse(new String[0]))
                        .contains(SessionCommand.NAME))
                .filter(this::isOurs)
                .forEach(ProcessHandle::destroyForcibly);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> project.devshell("sync", "status").code() == 1);
    }

    private boolean isOurs(ProcessHandle process) {
        try {
            return Files.isSameFile(Path.of("/proc", Long.toString(process.pid()), "cwd"), project.path(""));
        } catch (IOException e) {
            // It has just ended.
            return false;
        }
    }

    @Test
    void saysThatAnImageIsStaleUntilItIsRebuilt() {
        up("");
        project.write("deps.txt", "two\n");
        await().atMost(Duration.ofSeconds(20)).until(() -> status().contains("is stale"));

        assertThat(status())
                .contains("deps.txt changed after RUN ! grep", "(Dockerfile:4)", "next: devshell rebuild web");
        assertThat(project.devshell("sync", "status", "--json").out()).contains("\"code\":\"IMAGE-STALE\"");
        assertThat(project.inContainer("cat deps.txt /installed").out()).isEqualTo("two\none\n");

        // Another session knows it still.
        kill();
        assertThat(project.devshell("up", "-d", "--no-build").code()).isZero();
        assertThat(status()).contains("is stale");

        assertThat(project.devshell("rebuild", "web").code()).isZero();
        assertThat(status()).doesNotContain("is stale");
        assertThat(project.inContainer("cat deps.txt /installed").out()).isEqualTo("two\ntwo\n");
    }

    @Test
    void rebuildsAtOnceAndLeavesTheOldContainerWhereItCannot() {
        up("auto-rebuild: true");
        project.write("deps.txt", "two\n");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> project.inContainer("cat /installed").out().equals("two\n"));

        project.write("deps.txt", "broken\n");
        await().atMost(Duration.ofSeconds(60)).until(() -> status().contains("could not be rebuilt"));
        assertThat(status()).contains("its old container runs on", "is stale");
        assertThat(project.inContainer("cat deps.txt /installed").out()).isEqualTo("broken\ntwo\n");

        project.write("deps.txt", "three\n");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> project.inContainer("cat /installed").out().equals("three\n"));
        await().atMost(Duration.ofSeconds(20)).until(() -> !status().contains("notice:"));
    }

    @Test
    void restartsAfterTheChangeHasArrived() {
        up("");
        String before = started();
        project.write("conf/a.conf", "two\n");
        await().atMost(Duration.ofSeconds(60)).until(() -> !started().equals(before));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> project.inContainer("cat conf/a.conf").out().equals("two\n"));

        // What the container itself wrote is no reason to restart it.
        String again = started();
        project.inContainer("echo three > conf/a.conf");
        assertThat(project.devshell("sync", "flush").code()).isZero();
        assertThat(project.read("conf/a.conf")).isEqualTo("three\n");
        project.write("app/a.txt", "other\n");
        assertThat(project.devshell("sync", "flush").code()).isZero();
        assertThat(started()).isEqualTo(again);
    }

    private String started() {
        return project.run(
                        Map.of(),
                        List.of("sh", "-c", "docker inspect -f '{{.State.StartedAt}}' $(docker compose ps -q web)"))
                .out();
    }

    @Test
    void readsThePlanAgainAndKeepsTheOldOneWhereItCannotBeRead() throws IOException {
        up("");
        project.write(".dockerignore", "app/secret\n");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> project.devshell("sync", "plan", "--files").code() == 0
                        && project.devshell("sync", "flush").code() == 0);
        project.write("app/secret", "s\n");
        project.devshell("sync", "flush");
        assertThat(project.inContainer("cat app/secret").code()).isNotZero();

        // A nested ignore file that the build itself ignores still counts for what comes back.
        project.write(".dockerignore", "**/.gitignore\n");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> project.inContainer("cat app/secret").out().equals("s\n"));
        project.write("app/.gitignore", "*.tmp\n");
        await().atMost(Duration.ofSeconds(20)).until(() -> explains("app/x.tmp", "gitignored"));
        project.devshell("exec", "web", "sh", "-c", "echo > app/x.tmp; echo > app/x.txt");
        assertThat(project.path("app/x.tmp")).doesNotExist();
        assertThat(project.path("app/x.txt")).exists();

        project.write("Dockerfile", "FROM debian:trixie-slim\nCOPPY . .\n");
        await().atMost(Duration.ofSeconds(20)).until(() -> status().contains("stays as it was"));
        project.write("app/a.txt", "still\n");
        assertThat(project.devshell("sync", "flush").code()).isZero();
        assertThat(project.inContainer("cat app/a.txt").out()).isEqualTo("still\n");

        project.write("Dockerfile", DOCKERFILE);
        await().atMost(Duration.ofSeconds(20)).until(() -> !status().contains("stays as it was"));

        String compose = project.read("compose.yaml");
        project.write("compose.yaml", compose.replace("x-devshell: {}", "x-devshell: {plicy: host}"));
        await().atMost(Duration.ofSeconds(20)).until(() -> fails(compose));
        project.write("compose.yaml", compose.replace("x-devshell: {}", "x-devshell: {ignore: [app/]}"));
        await().atMost(Duration.ofSeconds(20)).until(() -> explains("app/a.txt", "ignore rule"));
    }

    /** The command line reads the Compose file too, so the session is asked with the good one. */
    private boolean fails(String good) {
        project.write("good.yaml", good);
        return project.devshell("-f", "good.yaml", "sync", "status").out().contains("stays as it was");
    }

    private boolean explains(String path, String fact) {
        return project.devshell("sync", "explain", path).out().contains(fact);
    }
}
