package dev.devshell.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.devshell.DevshellException;
import dev.devshell.Notice;
import dev.devshell.SyncStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees of many files, with the real agent: {@code -Ddevshell.paths=1000000} for as many as are promised, with {@code -Xmx512m}. */
class ManyPathsTests {
    private static final int PATHS = Integer.getInteger("devshell.paths", 20_000);
    private static final int A_DIRECTORY = 20;
    /** What a single edit may take while many others are under way, on a machine that does other things too. */
    private static final Duration OVERTAKES = Duration.ofSeconds(3);

    @TempDir
    private Path directory;

    private RealPair pair;

    @BeforeEach
    void open() throws IOException {
        pair = new RealPair(directory);
        pair.patience = Duration.ofSeconds(30 + PATHS / 500);
        Files.writeString(pair.host.resolve("edited"), "at first");
    }

    @AfterEach
    void close() {
        pair.close();
    }

    private static void grow(Path root) throws IOException {
        for (int i = 0; i < PATHS; i++) {
            Path in = root.resolve("many/d" + i / A_DIRECTORY);
            if (i % A_DIRECTORY == 0) {
                Files.createDirectories(in);
            }
            Files.writeString(in.resolve("f" + i), "content " + i);
        }
    }

    private static int files(Path root) throws IOException {
        if (!Files.exists(root)) {
            return 0;
        }
        try (Stream<Path> walk = Files.walk(root)) {
            return (int) walk.filter(Files::isRegularFile).count();
        }
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path path : (Iterable<Path>) walk.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(path);
            }
        }
    }

    private void bothGrown() throws Exception {
        grow(pair.host);
        grow(pair.container);
        pair.attach();
    }

    private SyncStatus.Replica status() {
        long begun = System.nanoTime();
        SyncStatus status = pair.sync.status();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
        return status.replicas().get(0);
    }

    private void editArrives(String content) throws IOException {
        Files.writeString(pair.host.resolve("edited"), content);
        await().atMost(OVERTAKES)
                .until(() -> Files.readString(pair.container.resolve("edited")).equals(content));
    }

    @Test
    @DisplayName("rule 7: a first sync of many files is told by the status, and a single edit overtakes it")
    void aSingleEditOvertakesAFirstSync() throws Exception {
        pair.attach();
        grow(pair.host);
        await().atMost(pair.patience).until(() -> status().files() > PATHS / 10);

        editArrives("in the middle");

        assertThat(files(pair.container)).as("files there by then").isLessThanOrEqualTo(PATHS + 1);
        pair.flush();
        assertThat(files(pair.container)).isEqualTo(PATHS + 1);
        assertThat(status().waiting()).isZero();
    }

    @Test
    @DisplayName("rule 7: a single edit overtakes the deletion of many files on the host")
    void aSingleEditOvertakesAMassDeletion() throws Exception {
        bothGrown();

        delete(pair.host.resolve("many"));
        editArrives("in the middle");
        status();

        pair.flush();
        assertThat(pair.container.resolve("many")).doesNotExist();
    }

    @Test
    @DisplayName(
            "delete brake: what a container deletes of many files is held, told, and sent back, and a single edit goes on")
    void holdsAndRestoresMany() throws Exception {
        bothGrown();

        delete(pair.container.resolve("many"));
        editArrives("in the middle");
        assertThatThrownBy(() -> pair.flush())
                .isInstanceOfSatisfying(
                        DevshellException.class, e -> assertThat(e.code()).isEqualTo("DELETIONS-HELD"));
        Notice notice = pair.sync.status().notices().get(0);
        assertThat(notice.paths()).hasSizeBetween(1, 1_000);
        // a machine that stalls for longer than the brake waits lets a part of it through, never more than a quarter
        assertThat(files(pair.host)).isGreaterThanOrEqualTo(PATHS - PATHS / 4 - 20);

        pair.sync.restore();
        status();
        pair.flush();
        assertThat(files(pair.container)).isEqualTo(files(pair.host));
        assertThat(pair.sync.status().notices()).isEmpty();
    }

    @Test
    @DisplayName("delete brake: many deletions that are released go, each into the history")
    void releasesMany() throws Exception {
        bothGrown();
        delete(pair.container.resolve("many"));
        assertThatThrownBy(() -> pair.flush()).isInstanceOf(DevshellException.class);

        List<Notice> released = pair.sync.release();
        editArrives("in the middle");
        status();
        pair.flush();

        assertThat(released).hasSize(1);
        assertThat(pair.host.resolve("many")).doesNotExist();
        assertThat(pair.sync.history(java.util.Optional.empty(), 2 * PATHS))
                .filteredOn(version ->
                        version.kind().equals("file") && version.reason().equals("deleted"))
                .hasSizeGreaterThanOrEqualTo(PATHS);
    }

    @Test
    @DisplayName("rule 7: a deletion of many files that happened while devshell was away is held after the start")
    void holdsWhatWasDeletedWhileAway() throws Exception {
        bothGrown();
        pair.sync.close();
        delete(pair.container.resolve("many"));
        pair.sync = ProjectSync.open(pair.base.resolve("state"));
        pair.attach();

        assertThatThrownBy(() -> pair.flush())
                .isInstanceOfSatisfying(
                        DevshellException.class, e -> assertThat(e.code()).isEqualTo("DELETIONS-HELD"));
        assertThat(files(pair.host)).isEqualTo(PATHS + 1);
    }
}
