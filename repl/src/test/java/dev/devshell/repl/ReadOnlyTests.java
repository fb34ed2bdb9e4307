package dev.devshell.repl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devshell.repl.TinyProject.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A container without a writable root beside one that has one. */
@Tag("engine")
class ReadOnlyTests {
    private static final String COMPOSE = """
            name: cli-readonly
            services:
              web: {build: ., init: true, tmpfs: /tmp}
              sealed: {build: ., init: true, read_only: true, tmpfs: /tmp%s}
            """;

    private final TinyProject project;

    ReadOnlyTests(@TempDir Path root) {
        project = new TinyProject(root, "cli-readonly");
    }

    @AfterEach
    void remove() {
        project.devshell("down");
        project.run(
                Map.of(), List.of("docker", "compose", "-p", project.name(), "down", "--rmi", "local", "--volumes"));
    }

    private Run inContainer(String service, String script) {
        return project.run(Map.of(), List.of("docker", "compose", "exec", "-T", service, "sh", "-c", script));
    }

    @Test
    void saysWhatCannotBeSyncedAndSyncsTheRest() {
        project.write("compose.yaml", COMPOSE.formatted(""));

        Run up = project.devshell("up", "-d");

        assertThat(up.code()).isEqualTo(1);
        assertThat(up.err())
                .contains("'sealed' cannot be kept in sync", "why:", "read_only: true", "next:", "sync: off");

        project.write("app/a.txt", "edited\n");
        Run exec = project.devshell("exec", "web", "cat", "app/a.txt");
        assertThat(exec.out()).isEqualTo("edited\n");
        assertThat(exec.code()).isZero();
        assertThat(inContainer("sealed", "cat app/a.txt").out()).isEqualTo("one\n");
        assertThat(project.devshell("run", "sealed", "cat", "app/a.txt").code()).isZero();

        Run status = project.devshell("sync", "status");
        assertThat(status.out()).contains("web-1", "ready", "notice: ", "'sealed' cannot be kept in sync");
        assertThat(project.devshell("sync", "status", "--json").out())
                .contains("\"code\":\"CONTAINER-READ-ONLY\",\"service\":\"sealed\"");
        assertThat(project.devshell("sync", "plan", "sealed").out()).contains("read_only: true");
    }

    @Test
    void isContentWithASealedServiceWhoseSyncIsOffOrWhoseCodeIsMounted() {
        project.write("compose.yaml", COMPOSE.formatted(", x-devshell: {sync: off}"));
        assertThat(project.devshell("up", "-d").code()).isZero();

        project.write("compose.yaml", COMPOSE.formatted(", volumes: [\".:/srv\"]"));
        assertThat(project.devshell("up", "-d").code()).isZero();
    }
}
