package dev.devshell.repl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devshell.Sync;
import dev.devshell.conflict.Contents;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConflictTextTests {
    private static final Sync.Conflict CONFLICT =
            new Sync.Conflict(Path.of("/project/a.txt"), "web", 1, "/srv/a.txt", "file", "file");

    private static Contents text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Contents.File(bytes, bytes.length);
    }

    private static List<String> lines(Contents host, Contents container, int most) {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
        Console console = new Console(nowhere, nowhere, new BufferedReader(new StringReader("")), false, false, false);
        return ConflictText.of(CONFLICT, host, container, console, most);
    }

    private static String numbered(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(n -> "line " + n + "\n").collect(Collectors.joining());
    }

    @Test
    void showsWhatEachSideHasAndWhatIsAroundIt() {
        List<String> lines = lines(
                text(numbered(1, 9) + "host\n" + numbered(11, 20)),
                text(numbered(1, 9) + "container\nand more\n" + numbered(11, 20)),
                100);

        assertThat(lines)
                .containsExactly(
                        "--- host: 148 B",
                        "+++ web-1: 162 B",
                        " (6 lines the same)",
                        " line 7",
                        " line 8",
                        " line 9",
                        "-host",
                        "+container",
                        "+and more",
                        " line 11",
                        " line 12",
                        " line 13",
                        " (7 lines the same)");
    }

    @Test
    void saysWhereThereIsNothingToShow() {
        assertThat(lines(new Contents.Absent(), new Contents.File(new byte[] {0, 1}, 2), 100))
                .containsExactly("--- host: deleted", "+++ web-1: not text, 2 B");
        assertThat(lines(new Contents.Link("b\u001b[2J"), new Contents.Directory(), 100))
                .containsExactly("--- host: a link to b", "+++ web-1: a directory");
    }

    @Test
    void showsALineOfAContainerWithoutWhatWouldDriveTheTerminal() {
        assertThat(lines(text("a\n"), text("\u001b]0;mine\u0007b\u001b[31m\n"), 100))
                .contains("-a", "+b");
    }

    @Test
    void isNoLongerThanFits() {
        List<String> lines = lines(text(numbered(1, 50)), text(numbered(51, 100)), 10);

        assertThat(lines).hasSize(10).last().isEqualTo(" (93 more lines; 'ui' shows all of them)");
    }
}
