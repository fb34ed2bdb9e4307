package dev.devshell.repl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways in which a shell, or its boot, comes to an end without being asked to. */
@Tag("engine")
class EndsTests {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PROMPT = "cli-ends> ";

    private final TinyProject project;

    EndsTests(@TempDir Path root) {
        project = new TinyProject(root, "cli-ends");
    }

    @AfterEach
    void remove() {
        project.devshell("down");
        project.run(
                Map.of(), List.of("docker", "compose", "-p", project.name(), "down", "--rmi", "local", "--volumes"));
    }

    private String containers(String... options) {
        List<String> command = new ArrayList<>(List.of("docker", "compose", "ps", "-q"));
        command.addAll(List.of(options));
        return project.run(Map.of(), command).out();
    }

    @Test
    @DisplayName(
            "a terminal that is closed ends the shell as Ctrl-D does: the containers stop, nothing of devshell is left")
    void terminalIsClosed() {
        ProcessHandle shell;
        try (Tmux terminal = Tmux.devshell(project, 80, 24, Map.of())) {
            terminal.awaitText("cli-ends is up and in sync");
            shell = terminal.program();
        }
        await().atMost(PATIENCE).until(() -> !shell.isAlive());
        assertThat(project.sessions()).isEmpty();
        assertThat(containers()).isEmpty();
        assertThat(containers("--all")).as("stopped, not removed").isNotEmpty();
    }

    @Test
    @DisplayName("Ctrl-C twice cancels a boot that does not get anywhere; the shell stays, and 'up' begins it again")
    void bootIsCancelled() {
        project.write(
                "compose.yaml",
                project.read("compose.yaml")
                        .replace("interval: 500ms", "interval: 500ms, start_period: 5m")
                        .replace("/srv/app/a.txt", "/srv/app/healthy"));
        try (Tmux terminal = Tmux.devshell(project, 80, 24, Map.of())) {
            terminal.awaitText("started, not healthy yet");
            terminal.press("C-c");
            terminal.awaitText("the boot goes on; Ctrl-C again cancels it, Ctrl-D leaves");
            terminal.press("C-c");
            terminal.awaitText("the boot was cancelled; 'up' begins it again");
            terminal.awaitScreen("no service on its way", screen -> !screen.contains("not healthy yet"));

            project.write("app/healthy", "");
            terminal.enter("up");
            terminal.awaitText("1/1 up  in sync");
            terminal.awaitPrompt(PROMPT);
            terminal.enter("exit");
            terminal.awaitText("Stop the containers of cli-ends? [Y/n]");
            terminal.press("Enter");
            terminal.awaitText("ended with 0");
        }
        assertThat(containers()).isEmpty();
    }
}
