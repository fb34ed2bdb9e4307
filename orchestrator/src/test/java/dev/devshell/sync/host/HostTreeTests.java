package dev.devshell.sync.host;

import static dev.devshell.sync.host.TreeFixture.file;
import static dev.devshell.sync.host.TreeFixture.writing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.devshell.sync.core.Node;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostTreeTests {
    private TreeFixture fixture;

    @BeforeEach
    void prepare(@TempDir Path base) throws Exception {
        fixture = new TreeFixture(base);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void holdsWhatIsThereAtTheStart() throws Exception {
        fixture.put("a.txt", "a");
        fixture.put("lib/b.txt", "b");
        Files.createSymbolicLink(fixture.root.resolve("link"), Path.of("lib/b.txt"));

        fixture.open();

        assertThat(fixture.snapshot())
                .containsOnlyKeys("a.txt", "lib", "lib/b.txt", "link")
                .containsEntry("a.txt", file("a"))
                .containsEntry("link", new Node.Link("lib/b.txt"));
    }

    @Test
    void tellsAnEditWithItsContent() throws Exception {
        fixture.put("a.txt", "a");
        fixture.open();

        fixture.put("a.txt", "changed");
        fixture.barrier();

        assertThat(fixture.recorder.changes).singleElement().satisfies(change -> {
            assertThat(change.entry().node()).isEqualTo(file("changed"));
            assertThat(change.content()).asString().isEqualTo("changed");
        });
    }

    @Test
    void writesWhatIsExpected() throws Exception {
        fixture.put("a.txt", "a");
        fixture.open();

        WriteResult result = fixture.write(writing("a.txt", file("a"), "b"));
        fixture.barrier();

        assertThat(result).isInstanceOf(WriteResult.Applied.class);
        assertThat(fixture.text("a.txt")).isEqualTo("b");
        assertThat(fixture.kept)
                .singleElement()
                .satisfies(kept -> assertThat(kept.content()).isEqualTo("a"));
        assertThat(fixture.recorder.paths()).containsExactly("a.txt");
    }
}
