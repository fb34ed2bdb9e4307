package dev.devshell.sync.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devshell.sync.core.Digest;
import dev.devshell.sync.core.Node;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTests {
    @TempDir
    private Path base;

    private Path directory;
    private History history;

    @BeforeEach
    void open() {
        directory = base.resolve("history");
        history = History.open(directory);
    }

    @AfterEach
    void close() throws IOException {
        history.close();
    }

    private void reopen() throws IOException {
        history.close();
        history = History.open(directory);
    }

    private static HistoryItem item(String path, Node node) {
        return new HistoryItem(
                path,
                "ctx",
                HistoryItem.Side.HOST,
                "web",
                "c1",
                HistoryItem.Reason.REPLACED,
                node,
                0640,
                Instant.parse("2026-01-02T03:04:05Z"));
    }

    private String put(String path, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return history.put(item(path, new Node.File(Digest.of(bytes), true)), VersionContent.of(bytes));
    }

    private String content(String id) throws IOException {
        try (InputStream in = history.content(id)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    @DisplayName("rule 1: a version that was put is there after a restart, with all that is known of it")
    void survivesARestart() throws Exception {
        String id = put("a.txt", "hello");
        HistoryEntry before = history.find(id).orElseThrow();

        reopen();

        assertThat(history.find(id)).contains(before);
        assertThat(before.size()).isEqualTo(5);
        assertThat(content(id)).isEqualTo("hello");
    }

    @Test
    void listsNewestFirstAndByPath() throws Exception {
        String first = put("a.txt", "1");
        String second = put("b.txt", "2");
        String third = put("a.txt", "3");

        assertThat(history.list(i -> true, 2)).extracting(HistoryEntry::id).containsExactly(third, second);
        assertThat(history.list("ctx", "a.txt", 10))
                .extracting(HistoryEntry::id)
                .containsExactly(third, first);
        assertThat(history.list("other", "a.txt", 10)).isEmpty();
    }

    @Test
    void keepsTheSameContentOnce() throws Exception {
        String one = put("a.txt", "same");
        String other = put("b.txt", "same");

        assertThat(one).isNotEqualTo(other);
        assertThat(objects()).hasSize(1);
        assertThat(content(other)).isEqualTo("same");
    }

    private List<Path> objects() throws IOException {
        try (var files = Files.walk(directory.resolve("objects"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void keepsDirectoriesAndLinksWithoutContent() throws Exception {
        String link = history.put(item("l", new Node.Link("to/there")), VersionContent.none());
        String dir = history.put(item("d", Node.directory()), VersionContent.none());

        reopen();

        assertThat(history.find(link).orElseThrow().item().node()).isEqualTo(new Node.Link("to/there"));
        assertThat(history.find(dir).orElseThrow().item().node()).isEqualTo(Node.directory());
        assertThatThrownBy(() -> history.content(dir)).isInstanceOf(FileNotFoundException.class);
        assertThatThrownBy(() -> history.content("nope")).isInstanceOf(FileNotFoundException.class);
    }

    @Test
    @DisplayName(
            "rule 6: a last line that a crash tore is cut off, whichever byte it was torn at, and the rest is whole")
    void survivesATornLastLine() throws Exception {
        String id = put("a.txt", "kept");
        byte[] whole = HistoryLine.write(history.find(id).orElseThrow());
        Path log = directory.resolve("log.jsonl");
        for (int length = 1; length < whole.length; length++) {
            history.close();
            Files.write(log, java.util.Arrays.copyOf(whole, length), StandardOpenOption.APPEND);
            history = History.open(directory);

            assertThat(history.list(i -> true, 10)).extracting(HistoryEntry::id).containsExactly(id);
            assertThat(Files.size(log)).isEqualTo(whole.length);
        }
        String next = put("b.txt", "after");
        reopen();
        assertThat(history.list(i -> true, 10)).extracting(HistoryEntry::id).containsExactly(next, id);
    }

    @Test
    @DisplayName("rule 6: what was being written when the process died is cleared away")
    void clearsUnfinishedContentsAway() throws Exception {
        Path left = Files.writeString(directory.resolve("unfinished/1-1"), "half");

        reopen();

        assertThat(left).doesNotExist();
    }

    @Test
    void keepsWhatWasReadEvenIfItIsNotWhatWasAnnounced() throws Exception {
        Node announced = new Node.File(Digest.of("announced".getBytes(StandardCharsets.UTF_8)), false);

        String id = history.put(item("a.txt", announced), VersionContent.of("read".getBytes(StandardCharsets.UTF_8)));

        assertThat(content(id)).isEqualTo("read");
        assertThat(history.find(id).orElseThrow().item().node())
                .isEqualTo(new Node.File(Digest.of("read".getBytes(StandardCharsets.UTF_8)), false));
    }

    @Test
    void isReadableByItsOwnerOnly() throws Exception {
        put("a.txt", "secret");

        try (var files = Files.walk(directory)) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .endsWith("------"));
        }
    }

    @Test
    void streamsLargeContents() throws Exception {
        byte[] large = new byte[5_000_000];
        new java.util.Random(1).nextBytes(large);
        Path file = Files.write(base.resolve("large"), large);

        String id = history.put(item("large", new Node.File(Digest.of(large), false)), VersionContent.of(file));

        try (InputStream in = history.content(id)) {
            assertThat(Digest.of(in.readAllBytes())).isEqualTo(Digest.of(large));
        }
        assertThat(history.find(id).orElseThrow().size()).isEqualTo(large.length);
    }

    @Test
    void takesVersionsFromSeveralThreads() throws Exception {
        int threads = 4;
        int each = 200;
        var pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int thread = t;
                tasks.add(() -> {
                    for (int i = 0; i < each; i++) {
                        put("f" + thread, "shared " + i);
                    }
                    return null;
                });
            }
            for (var done : pool.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
                done.get();
            }
        } finally {
            pool.shutdownNow();
        }
        reopen();

        List<HistoryEntry> all = history.list(i -> true, Integer.MAX_VALUE);
        assertThat(all).hasSize(threads * each);
        for (HistoryEntry entry : all) {
            assertThat(content(entry.id())).startsWith("shared ");
        }
    }

    @Test
    @DisplayName(
            "rule 1: a full disk is said, leaves nothing half-written, and the history goes on when there is space")
    void saysThatTheDiskIsFull() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(base.resolve("disk"), "1m")) {
            history.close();
            directory = disk.path().resolve("history");
            history = History.open(directory);
            String before = put("a.txt", "before");
            byte[] large = new byte[2_000_000];

            assertThatThrownBy(() -> history.put(
                            item("large", new Node.File(Digest.of(large), false)), VersionContent.of(large)))
                    .isInstanceOfSatisfying(
                            HistoryException.class, e -> assertThat(e.noSpace()).isTrue());

            assertThat(history.list(i -> true, 10)).extracting(HistoryEntry::id).containsExactly(before);
            assertThat(objects()).hasSize(1);
            String after = put("a.txt", "after");
            reopen();
            assertThat(content(after)).isEqualTo("after");
            history.close();
            history = History.open(base.resolve("other"));
        }
    }
}
