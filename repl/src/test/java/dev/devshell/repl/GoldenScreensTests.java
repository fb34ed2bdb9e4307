package dev.devshell.repl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the shell looks like, whole screens of it, as they stand in {@code src/test/resources/screens}.
 *
 * <p>{@code -Dscreens.write=true} writes them anew; look at what changed before you commit it. Numbers that differ from run to run are {@code #}.
 */
@Tag("engine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoldenScreensTests {
    private static final Path SCREENS = Path.of("src/test/resources/screens");
    private static final boolean WRITE = Boolean.getBoolean("screens.write");
    private static final String PROMPT = "cli-screens> ";
    private static final Pattern CHANGING = Pattern.compile("(?<![\\[;\\d.])\\d+(?:\\.\\d+)? ?(?:ms|s|min|h)\\b");

    private final TinyProject project;

    GoldenScreensTests(@TempDir Path root) {
        project = new TinyProject(root, "cli-screens");
    }

    @BeforeAll
    void boot() {
        assertThat(project.devshell("up", "-d").code()).isZero();
    }

    @AfterAll
    void remove() {
        project.devshell("down");
        project.run(
                Map.of(), List.of("docker", "compose", "-p", project.name(), "down", "--rmi", "local", "--volumes"));
    }

    @ParameterizedTest
    @CsvSource({"80, 24, coloured", "80, 24, plain", "120, 40, coloured", "120, 40, plain"})
    void areAsTheyWere(int columns, int rows, String colours) throws IOException {
        boolean coloured = colours.equals("coloured");
        Path directory = SCREENS.resolve(columns + "x" + rows + (coloured ? "" : "-plain"));
        try (Tmux terminal = Tmux.devshell(project, columns, rows, coloured ? Map.of() : Map.of("NO_COLOR", "1"))) {
            terminal.awaitText("1/1 up  in sync");
            terminal.awaitPrompt(PROMPT);
            compare(terminal, coloured, directory.resolve("attached.txt"));

            terminal.press("C-l");
            terminal.enter("ps");
            terminal.awaitText("SERVICE");
            terminal.awaitPrompt(PROMPT);
            terminal.enter("snyc status");
            terminal.awaitPrompt("[2] " + PROMPT);
            terminal.enter("exec web sh -c 'exit 3'");
            terminal.awaitPrompt("[3] " + PROMPT);
            compare(terminal, coloured, directory.resolve("commands.txt"));

            terminal.press("C-l");
            terminal.type("sync re");
            terminal.press("Tab");
            terminal.awaitText("restore");
            terminal.awaitText("resume");
            compare(terminal, coloured, directory.resolve("completion.txt"));
        }
    }

    private static void compare(Tmux terminal, boolean coloured, Path golden) throws IOException {
        if (WRITE) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, screen(terminal, coloured));
        }
        String wanted = Files.readString(golden);
        // What stands below the prompt is drawn by itself, a moment later.
        await().untilAsserted(() ->
                assertThat(screen(terminal, coloured)).as(golden.toString()).isEqualTo(wanted));
    }

    private static String screen(Tmux terminal, boolean coloured) {
        return normal(coloured ? terminal.colouredScreen() : terminal.screen());
    }

    /** Blanks at the end of a line are not to be seen, and git would rather not have them. */
    private static String normal(String screen) {
        return CHANGING.matcher(screen)
                .replaceAll("#")
                .lines()
                .map(String::stripTrailing)
                .reduce("", (before, line) -> before + line + "\n");
    }
}
