package dev.devshell.repl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs above the prompt, in a real terminal. */
@Tag("engine")
class ShellLogsTests {
    private static final String PROMPT = "cli-shell-logs> ";
    private static final int FLOOD = 20_000;
    private static final String TYPED = "exec web echo 'a line of sixty characters stays in one piece'";

    private final Path root;
    private final TinyProject project;
    private final Path paged;
    private final Tmux terminal;

    ShellLogsTests(@TempDir Path root) {
        this.root = root;
        project = new TinyProject(root, "cli-shell-logs");
        paged = root.resolve("paged");
        terminal = Tmux.devshell(project, 80, 24, Map.of("PAGER", "wc -l > " + paged));
    }

    @AfterEach
    void remove() {
        terminal.close();
        project.devshell("down");
        project.run(
                Map.of(), List.of("docker", "compose", "-p", project.name(), "down", "--rmi", "local", "--volumes"));
    }

    /** Has the container write a line to its log. */
    private void write(String text) {
        assertThat(project.inContainer("echo '" + text + "' > /proc/1/fd/1").code())
                .isZero();
    }

    @Test
    @DisplayName(
            "errors come above the prompt, with 'logs on' all; what is typed stays whole under a flood, what is skipped is counted")
    void logsAboveThePrompt() throws IOException {
        terminal.awaitText("cli-shell-logs is up and in sync");
        terminal.awaitText("1/1 up  in sync");
        terminal.awaitPrompt(PROMPT);

        write("INFO nothing to see");
        write("ERROR \u001b[2J\u001b[31mboom\u001b[0m");
        terminal.awaitText("\nweb | ERROR boom\n");
        assertThat(terminal.screen()).doesNotContain("nothing to see").contains("is up and in sync");

        terminal.enter("logs on");
        terminal.awaitText("logs come above the prompt");
        terminal.type("exec web echo begun");
        write("a plain line");
        terminal.awaitText("\nweb | a plain line\n");
        terminal.type(" and ended");
        terminal.awaitText("\n" + PROMPT + "exec web echo begun and ended\n");
        terminal.press("Enter");
        terminal.awaitText("\nbegun and ended\n");

        underAFlood();

        terminal.enter("exec web sh -c 'echo meanwhile > /proc/1/fd/1; sleep 1; echo over'");
        terminal.awaitScreen(
                "what came meanwhile, after what the child wrote",
                screen -> screen.contains("\nover\nweb | meanwhile\n"));

        keysWhileLogsAreFollowed();
        longOutput();

        terminal.enter("watch web -- echo watched");
        terminal.awaitText("waits for a change, Ctrl-C leaves");
        terminal.press("C-c");
        terminal.awaitPrompt(PROMPT);

        terminal.enter("logs off");
        terminal.awaitText("no logs come above the prompt");
        assertThat(wishes()).containsExactly("off\n");
    }

    private void keysWhileLogsAreFollowed() {
        terminal.enter("logs -f --tail 2 web");
        terminal.awaitText("\n" + PROMPT + "logs -f --tail 2 web\nweb | ");
        terminal.press("h");
        terminal.awaitText("-- r restart, s shell, o open in the browser, h help, q or Ctrl-C back");
        terminal.press("r");
        terminal.awaitText("-- restart web: done");
        write("after the restart");
        terminal.awaitText("\nweb | after the restart");
        terminal.press("s");
        terminal.awaitScreen("a shell of the container", screen -> screen.endsWith("/srv#"));
        terminal.enter("exit");
        terminal.awaitText("-- shell web: done");
        terminal.press("q");
        terminal.awaitPrompt(PROMPT);
    }

    private void longOutput() {
        terminal.enter("logs --tail 3");
        terminal.awaitText("\n" + PROMPT + "logs --tail 3\nweb | ");
        terminal.awaitPrompt(PROMPT);
        assertThat(paged).doesNotExist();
        terminal.enter("logs --tail 300");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(paged).content().isEqualToIgnoringWhitespace("300"));
    }

    private void underAFlood() throws IOException {
        Path record = root.resolve("record");
        terminal.record(record);
        CompletableFuture<TinyProject.Run> flood = CompletableFuture.supplyAsync(() -> project.inContainer(
                "i=0; while [ $i -lt " + FLOOD + " ]; do echo \"flood $i end\"; i=$((i + 1)); done > /proc/1/fd/1"));
        for (int key = 0; key < TYPED.length(); key++) {
            terminal.type(TYPED.substring(key, key + 1));
        }
        assertThat(flood.join().code()).isZero();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Files.readString(record).contains("flood " + (FLOOD - 1) + " end"));
        terminal.awaitText("\n" + PROMPT + TYPED + "\n");
        terminal.press("Enter");
        terminal.awaitText("\na line of sixty characters stays in one piece\n");
        // A word of the session may have been among those that were skipped.
        assertThat(shownAndSkipped(Files.readString(record))).isBetween(FLOOD, FLOOD + 3);
    }

    private static int shownAndSkipped(String record) {
        Set<String> shown = new HashSet<>();
        Matcher line = Pattern.compile("flood (\\d+) end").matcher(record);
        while (line.find()) {
            shown.add(line.group(1));
        }
        int skipped = 0;
        Matcher gap = Pattern.compile("\\((\\d+) lines? skipped\\)").matcher(record);
        while (gap.find()) {
            skipped += Integer.parseInt(gap.group(1));
        }
        return shown.size() + skipped;
    }

    /** Returns what is remembered of the wish, wherever it is. */
    private List<String> wishes() throws IOException {
        try (var files = Files.walk(root)) {
            return files.filter(file -> file.endsWith("shell-logs"))
                    .map(ShellLogsTests::read)
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
