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

/** The shell in a real terminal, with a real project behind it. */
@Tag("engine")
class ShellTests {
    private static final String PROMPT = "cli-shell> ";

    private final TinyProject project;
    private final Tmux terminal;

    ShellTests(@TempDir Path root) {
        project = new TinyProject(root, "cli-shell");
        terminal = Tmux.devshell(project, 80, 24, Map.of());
    }

    @BeforeEach
    void boots() {
        terminal.awaitText("cli-shell is up and in sync");
        assertThat(terminal.awaitText("1/1 up  in sync"))
                .as("what is for --debug")
                .doesNotContain("INFO");
    }

    @AfterEach
    void remove() {
        terminal.close();
        project.devshell("down");
        project.run(
                Map.of(), List.of("docker", "compose", "-p", project.name(), "down", "--rmi", "local", "--volumes"));
    }

    @Test
    @DisplayName("completes, runs, says how a command ended, lends its terminal, and gives it back")
    void aDayInTheShell() {
        terminal.type("exec w");
        terminal.press("Tab");
        terminal.awaitText(PROMPT + "exec web");
        terminal.type("cat app/");
        terminal.press("Tab");
        terminal.awaitText(PROMPT + "exec web cat app/a.txt");
        terminal.press("Enter");
        terminal.awaitText("\none\n");

        terminal.enter("exec web sh -c 'exit 7'");
        terminal.awaitPrompt("[7] " + PROMPT);

        terminal.type("exec web 'an abandoned line");
        terminal.press("C-c");
        terminal.awaitPrompt(PROMPT);
        terminal.press("Up");
        terminal.awaitText(PROMPT + "exec web 'an abandoned line");
        terminal.press("C-c");
        terminal.awaitPrompt(PROMPT);

        terminal.enter("exec web echo 'over two");
        terminal.enter("lines'");
        terminal.awaitText("\nover two\nlines\n");
        terminal.awaitPrompt(PROMPT);

        terminal.enter("shell web");
        terminal.awaitScreen("a shell of the container", screen -> screen.endsWith("/srv#"));
        assertThat(terminal.screen()).doesNotContain("1/1 up");
        terminal.resize(100, 30);
        terminal.enter("stty size");
        terminal.awaitText("\n30 100\n");
        terminal.enter("exit");
        terminal.awaitText("1/1 up  in sync");

        terminal.press("C-d");
        terminal.awaitText("Stop the containers of cli-shell? [Y/n]");
        terminal.enter("n");
        assertThat(terminal.awaitText("ended with 0"))
                .contains("go on without sync")
                .doesNotContain("1/1 up");
        terminal.awaitScreen("a terminal as it was", screen -> screen.contains("\nicanon") && screen.contains(" echo"));
        assertThat(project.inContainer("cat app/a.txt").out()).isEqualTo("one\n");
    }

    @Test
    @DisplayName("Ctrl-C ends a command, not the shell; SIGTERM ends the shell, and the terminal is as it was")
    void signals() {
        terminal.enter("logs -f");
        terminal.awaitText("logs -f");
        terminal.press("C-c");
        terminal.awaitPrompt("[130] " + PROMPT);

        assertThat(terminal.program().destroy()).isTrue();
        terminal.awaitText("ended with 143");
        terminal.awaitScreen("a terminal as it was", screen -> screen.contains("\nicanon") && screen.contains(" echo"));
        assertThat(terminal.screen()).doesNotContain("1/1 up");
    }
}
