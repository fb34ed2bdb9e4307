package dev.devshell.repl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two shells on one project, each in a real terminal. */
@Tag("engine")
class SeveralTerminalsTests {
    private static final String PROMPT = "cli-several> ";

    private final TinyProject project;
    private final Tmux first;

    SeveralTerminalsTests(@TempDir Path root) {
        project = new TinyProject(root, "cli-several");
        first = Tmux.devshell(project, 80, 24, Map.of());
    }

    @AfterEach
    void remove() {
        first.close();
        project.devshell("down");
        project.run(
                Map.of(), List.of("docker", "compose", "-p", project.name(), "down", "--rmi", "local", "--volumes"));
    }

    @Test
    @DisplayName(
            "a second shell attaches and sees what the first one does; the sync outlives the first, and the last one decides")
    void theLastOneDecides() {
        first.awaitText("cli-several is up and in sync");
        try (Tmux second = Tmux.devshell(project, 80, 24, Map.of())) {
            second.awaitText("cli-several is running under devshell already: attached to it");
            second.awaitText("1/1 up  in sync");
            first.enter("sync pause");
            second.awaitText("sync paused");
            second.enter("sync resume");
            first.awaitText("1/1 up  in sync");

            first.awaitPrompt(PROMPT);
            first.press("C-d");
            first.awaitText("handing cli-several over: 1 more terminal is on it");
            assertThat(first.awaitText("ended with 0")).doesNotContain("Stop the containers");

            project.write("app/a.txt", "two\n");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> project.inContainer("cat app/a.txt").out().equals("two\n"));
            second.awaitText("1/1 up  in sync");
            second.press("C-d");
            second.awaitText("Stop the containers of cli-several? [y/N]");
            second.enter("y");
            second.awaitText("ended with 0");
        }
        assertThat(project.sessions()).isEmpty();
        assertThat(project.run(Map.of(), List.of("docker", "compose", "ps", "-q"))
                        .out())
                .isEmpty();
    }
}
