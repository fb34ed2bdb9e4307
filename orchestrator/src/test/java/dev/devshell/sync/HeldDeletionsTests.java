package dev.devshell.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.devshell.DevshellException;
import dev.devshell.Notice;
import dev.devshell.sync.core.Brake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The delete brake, with a container that is a map: 40 files in {@code /app/d}, 20 in {@code /app/e}. */
class HeldDeletionsTests {
    @TempDir
    Path directory;

    private final FakeAgent agent = new FakeAgent();
    private ProjectFixture project;

    @BeforeEach
    void open() throws Exception {
        project = new ProjectFixture(directory, "/app", "");
        for (int i = 0; i < 40; i++) {
            project.write("d/f" + i, "d" + i);
        }
        for (int i = 0; i < 20; i++) {
            project.write("e/f" + i, "e" + i);
        }
        project.attach(agent, "c1");
    }

    @AfterEach
    void close() {
        project.close();
    }

    private long files(String name) throws IOException {
        Path at = project.context.resolve(name);
        if (!Files.exists(at)) {
            return 0;
        }
        try (var list = Files.list(at)) {
            return list.count();
        }
    }

    private void flushFails() {
        assertThatThrownBy(() -> project.flush())
                .isInstanceOf(DevshellException.Failed.class)
                .satisfies(e -> {
                    assertThat(((DevshellException) e).code()).isEqualTo("DELETIONS-HELD");
                    assertThat(((DevshellException) e).why()).contains(project.context.toString());
                    assertThat(((DevshellException) e).next()).contains("sync release", "sync restore");
                });
    }

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @DisplayName("delete brake: more than 20 paths and more than a quarter of the mapping")
    @CsvSource({
        "20, 20, false",
        "21, 21, true",
        "21, 84, false",
        "21, 83, true",
        "2500, 10000, false",
        "2501, 10000, true"
    })
    void holdsMoreThanTwentyAndMoreThanAQuarter(int deletions, int mapped, boolean held) {
        assertThat(Brake.holds(deletions, mapped)).isEqualTo(held);
    }

    @Test
    @DisplayName(
            "delete brake: a mass deletion that comes in pieces is held as one, the flush fails on it and the status shows it")
    void holdsAMassDeletion() throws Exception {
        agent.delete("/app/d");

        flushFails();

        assertThat(files("d")).isGreaterThanOrEqualTo(20);
        assertThat(project.sync.status().notices()).singleElement().satisfies(notice -> {
            assertThat(notice.code()).isEqualTo("DELETIONS-HELD");
            assertThat(notice.what()).startsWith("web-1 deleted ");
            assertThat(notice.paths()).contains(project.context.resolve("d"));
        });
        assertThat(project.sync.explain(project.context.resolve("d")).facts().toString())
                .contains("held until");
    }

    @Test
    @DisplayName("delete brake: sync release lets it go, into the history")
    void releaseLetsItGo() throws Exception {
        agent.delete("/app/d");
        flushFails();

        List<Notice> released = project.sync.release();
        project.flush();

        assertThat(released).hasSize(1);
        assertThat(project.context.resolve("d")).doesNotExist();
        assertThat(project.sync.status().notices()).isEmpty();
        assertThat(project.sync.history(Optional.empty(), 100))
                .filteredOn(version -> version.kind().equals("file"))
                .hasSize(40);
        assertThatThrownBy(() -> project.sync.release()).isInstanceOf(DevshellException.Usage.class);
    }

    @Test
    @DisplayName("delete brake: sync restore sends the host's files back")
    void restoreSendsThemBack() throws Exception {
        agent.delete("/app/d");
        flushFails();
        long left = files("d");

        project.sync.restore();
        project.flush();

        assertThat(files("d")).isEqualTo(left);
        for (Path file : list("d")) {
            assertThat(agent.read("/app/d/" + file.getFileName())).isEqualTo(Files.readString(file));
        }
        assertThat(project.sync.status().notices()).isEmpty();
    }

    private List<Path> list(String name) throws IOException {
        try (var list = Files.list(project.context.resolve(name))) {
            return list.toList();
        }
    }

    @Test
    @DisplayName("delete brake, rule 6: what is held when devshell ends is held after it starts again")
    void staysHeldOverARestart() throws Exception {
        agent.delete("/app/d");
        flushFails();
        long left = files("d");

        project.restart();
        project.attach(agent, "c1");

        flushFails();
        assertThat(files("d")).isEqualTo(left);
        project.sync.restore();
        project.flush();
        assertThat(agent.exists("/app/d")).isTrue();
    }

    @Test
    @DisplayName("delete brake: offline deletions are one batch, and all of it is held")
    void holdsWhatWasDeletedWhileDevshellWasAway() throws Exception {
        project.sync.close();
        agent.delete("/app/d");
        project.restart();
        project.attach(agent, "c1");

        flushFails();

        assertThat(files("d")).isEqualTo(40);
    }

    @Test
    @DisplayName("delete brake: a few deletions, and other edits beside a held batch, travel")
    void fewDeletionsAndOtherEditsTravel() throws Exception {
        for (int i = 0; i < 10; i++) {
            agent.delete("/app/e/f" + i);
        }
        project.flush();
        assertThat(files("e")).isEqualTo(10);

        agent.delete("/app/d");
        flushFails();
        agent.write("/app/new", "from the container");
        project.write("other", "from the host");

        await().untilAsserted(() -> {
            assertThat(project.context.resolve("new")).hasContent("from the container");
            assertThat(agent.read("/app/other")).isEqualTo("from the host");
        });
    }

    @Test
    @DisplayName("delete brake: what is put back or edited is held no more")
    void whatComesBackIsHeldNoMore() throws Exception {
        agent.delete("/app/d");
        flushFails();
        for (Path file : list("d")) {
            agent.write("/app/d/" + file.getFileName(), "back");
        }

        project.flush();

        assertThat(project.sync.status().notices()).isEmpty();
        assertThat(list("d")).allSatisfy(file -> assertThat(file).hasContent("back"));
    }

    @Test
    @DisplayName(
            "delete brake: a mapping's directory that vanishes deletes nothing on the host, however little is in it")
    void aVanishedRootDeletesNothing() throws Exception {
        project.sync.close();
        agent.delete("/app");
        project.restart();
        for (int i = 0; i < 40; i++) {
            Files.delete(project.context.resolve("d/f" + i));
        }
        for (int i = 5; i < 20; i++) {
            Files.delete(project.context.resolve("e/f" + i));
        }
        project.attach(agent, "c1");

        flushFails();
        assertThat(files("e")).isEqualTo(5);
        assertThat(project.sync.status().notices().get(0).why()).contains("/app itself is gone");

        project.sync.restore();
        project.flush();
        assertThat(agent.read("/app/e/f4")).isEqualTo("e4");
        assertThat(project.sync.status().notices()).isEmpty();
    }

    @Test
    @DisplayName("delete brake: a released deletion of the mapping's directory leaves the host's own directory")
    void aReleasedRootLeavesTheDirectory() throws Exception {
        agent.delete("/app");
        flushFails();

        project.sync.release();
        project.flush();

        assertThat(project.context).isEmptyDirectory();
        project.write("again", "host");
        project.flush();
        assertThat(agent.read("/app/again")).isEqualTo("host");
    }
}
