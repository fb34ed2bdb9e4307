package dev.devshell.repl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagedOutTests {
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final Path read;

    PagedOutTests(@TempDir Path directory) {
        read = directory.resolve("read");
    }

    private int page(String pager, int lines) {
        PagedOut out = new PagedOut(new PrintStream(screen, true, StandardCharsets.UTF_8), pager, 80, 24);
        return out.run(
                stream -> {
                    IntStream.range(0, lines).forEach(n -> stream.println("line " + n));
                    return 7;
                },
                true);
    }

    @Test
    void leavesWhatFitsOnTheScreenAsItIs() {
        assertThat(page("cat > '" + read + "'", 20)).isEqualTo(7);

        assertThat(screen.toString(StandardCharsets.UTF_8).lines()).hasSize(20).startsWith("line 0");
        assertThat(read).doesNotExist();
    }

    @Test
    void givesWhatIsLongerToThePagerFromItsFirstLineOn() throws IOException {
        assertThat(page("cat > '" + read + "'", 500)).isEqualTo(7);

        assertThat(Files.readAllLines(read)).hasSize(500).startsWith("line 0").endsWith("line 499");
        assertThat(screen.size()).isZero();
    }

    @Test
    void stopsWhenNobodyReadsOn() {
        assertThat(page("head -n 1 > '" + read + "'", 1_000_000)).isZero();

        assertThat(read).hasContent("line 0");
    }
}
