package dev.devshell.repl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A conflict that is decided by a key, in a real terminal. */
@Tag("engine")
class DecisionsTests {
    private static final String PROMPT = "cli-decides> ";

    private final TinyProject project;

    DecisionsTests(@TempDir Path root) {
        project = new TinyProject(root, "cli-decides");
        project.write("compose.yaml", project.read("compose.yaml") + "x-devshell: {policy: manual}\n");
        project.write("app/b.txt", "b\n");
    }

    @BeforeEach
    void bothSidesChangeTheSame() {
        assertThat(project.devshell("up", "-d").code()).isZero();
        assertThat(project.devshell("sync", "pause").code()).isZero();
        project.write("app/a.txt", "host\n");
        project.write("app/b.txt", "host\n");
        assertThat(project.inContainer("echo container >app/a.txt; echo container >app/b.txt")
                        .code())
                .isZero();
        assertThat(project.devshell("sync", "resume").code()).isZero();
    }

    @AfterEach
    void remove() {
        project.devshell("down");
        project.run(
                Map.of(), List.of("docker", "compose", "-p", project.name(), "down", "--rmi", "local", "--volumes"));
    }

    @Test
    @DisplayName("shows how both sides differ, takes the decision by a key, goes on with the next")
    void decidesByAKey() {
        try (Tmux terminal = Tmux.devshell(project, 100, 30, Map.of())) {
            terminal.awaitText("2 conflicts");
            terminal.awaitPrompt(PROMPT);
            terminal.enter("sync conflicts");
            terminal.awaitText("(1 of 2)");
            terminal.awaitText("-host\n+container\n");
            terminal.awaitText("keep: h the host's, c the container's, b both; s skip, q leave");
            terminal.type("c");
            terminal.awaitText("kept the container's; the host's is in the history");
            terminal.awaitText("(2 of 2)");
            terminal.type("x");
            terminal.type("q");
            terminal.awaitPrompt(PROMPT);
            terminal.awaitText("1 conflict ");

            terminal.enter("exec web cat app/b.txt");
            terminal.awaitText("\ncontainer\n");
            terminal.awaitPrompt(PROMPT);
        }
        assertThat(project.read("app/a.txt")).isEqualTo("container\n");
        assertThat(project.read("app/b.txt")).isEqualTo("host\n");
    }
}
