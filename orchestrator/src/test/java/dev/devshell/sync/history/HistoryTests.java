package dev.devshell.sync.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devshell.sync.core.Digest;
import dev.devshell.sync.core.Node;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
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
        history = History.open(directory, Retention.DEFAULT);
    }

    @AfterEach
    void close() throws IOException {
        history.close();
    }

    private void reopen() throws IOException {
        history.close();
        history = History.open(directory, Retention.DEFAULT);
    }

    private static HistoryItem item(String path, Node node) {
        return item(path, node, Instant.now());
    }

    private static HistoryItem item(String path, Node node, Instant when) {
        return new HistoryItem(
                path, "ctx", HistoryItem.Side.HOST, "web", "c1", HistoryItem.Reason.REPLACED, node, 0640, when);
    }

    private String put(String path, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return history.put(item(path, new Node.File(Digest.of(bytes), true)), VersionContent.of(bytes));
    }

    @Test
    @DisplayName("rule 6: what an earlier version of devshell kept, with its times as text, is read")
    void readsTimesThatAreText() throws IOException {
        Instant when = Instant.parse("2026-11-24T12:00:00.123456789Z");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(1);
        out.writeUTF("0a1b2c3d");
        out.writeLong(0);
        for (String text : List.of("a/b", "ctx", "HOST", "web", "c1", "REPLACED")) {
            out.writeUTF(text);
        }
        out.writeInt(0640);
        out.writeUTF(when.toString());
        out.writeByte('d');

        HistoryRecord record = HistoryRecord.of(new HistoryEntry("0a1b2c3d", item("a/b", Node.directory(), when), 0));

        assertThat(HistoryRecord.read(bytes.toByteArray())).isEqualTo(record);
        assertThat(HistoryRecord.read(record.write())).isEqualTo(record);
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
        assertThat(Files.readString(segment(), StandardCharsets.ISO_8859_1)).containsOnlyOnce("same");
        assertThat(content(other)).isEqualTo("same");
        reopen();
        assertThat(content(one)).isEqualTo("same");
    }

    private Path segment() {
        return directory.resolve("00000001.segment");
    }

    private List<Path> files(String folder) throws IOException {
        try (var files = Files.list(directory.resolve(folder))) {
            return files.toList();
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
            "rule 6: a last version that a crash tore is cut off, whichever byte it was torn at, and the rest is whole")
    void survivesATornLastVersion() throws Exception {
        String id = put("a.txt", "kept");
        long whole = Files.size(segment());
        put("b.txt", "torn");
        byte[] both = Files.readAllBytes(segment());
        for (int length = (int) whole + 1; length < both.length; length++) {
            history.close();
            Files.write(segment(), java.util.Arrays.copyOf(both, length));
            history = History.open(directory, Retention.DEFAULT);

            assertThat(history.list(i -> true, 10)).extracting(HistoryEntry::id).containsExactly(id);
            assertThat(Files.size(segment())).isEqualTo(whole);
        }
        String next = put("b.txt", "after");
        reopen();
        assertThat(history.list(i -> true, 10)).extracting(HistoryEntry::id).containsExactly(next, id);
    }

    @Test
    @DisplayName("rule 6: a last version whose content is not what was written is cut off")
    void cutsOffALastVersionWithAnotherContent() throws Exception {
        String id = put("a.txt", "kept");
        put("b.txt", "garbled");
        history.close();
        byte[] bytes = Files.readAllBytes(segment());
        bytes[bytes.length - 1] ^= 1;
        Files.write(segment(), bytes);

        history = History.open(directory, Retention.DEFAULT);

        assertThat(history.list(i -> true, 10)).extracting(HistoryEntry::id).containsExactly(id);
    }

    @Test
    void dropsTheOldestBeyondItsSizeAndKeepsWhatYoungerOnesShareWithThem() throws Exception {
        history.close();
        history = History.open(directory, new Retention(40_000, Duration.ofDays(1)), 10_000);
        String shared = "s".repeat(1_000);
        put("first.txt", shared);
        String last = "";
        for (int i = 0; i < 100; i++) {
            last = put("f" + i, i % 10 == 0 ? shared : i + "x".repeat(1_000));
        }
        String again = put("again.txt", shared);
        for (boolean reopened : new boolean[] {false, true}) {
            List<HistoryEntry> left = history.list(i -> true, Integer.MAX_VALUE);
            assertThat(left).hasSizeBetween(25, 45);
            assertThat(left.get(0).id()).isEqualTo(again);
            assertThat(content(again)).isEqualTo(shared);
            assertThat(content(last)).startsWith("99x");
            for (HistoryEntry entry : left) {
                assertThat(content(entry.id())).hasSize((int) entry.size());
            }
            if (!reopened) {
                history.close();
                history = History.open(directory, new Retention(40_000, Duration.ofDays(1)), 10_000);
            }
        }
        assertThat(size(directory)).isLessThan(60_000);
    }

    private static long size(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private String putConflict(String path, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        HistoryItem lost = new HistoryItem(
                path,
                "ctx",
                HistoryItem.Side.CONTAINER,
                "web",
                "c1",
                HistoryItem.Reason.CONFLICT,
                new Node.File(Digest.of(bytes), false),
                0644,
                Instant.now());
        return history.put(lost, VersionContent.of(bytes));
    }

    private void reopenSmall() throws IOException {
        history.close();
        history = History.open(directory, new Retention(40_000, Duration.ofDays(1)), 10_000);
    }

    @Test
    @DisplayName(
            "rule 1: what lost a conflict stays beyond every bound until its path is touched again, over restarts too")
    void neverDropsWhatALiveConflictRefersTo() throws Exception {
        reopenSmall();
        String lost = putConflict("lost.txt", "only here " + "l".repeat(1_000));
        String shared = putConflict("shared.txt", "s".repeat(1_000));
        String large = putConflict("large.bin", "L".repeat(70_000));
        String link = history.put(
                new HistoryItem(
                        "link",
                        "ctx",
                        HistoryItem.Side.HOST,
                        "web",
                        "",
                        HistoryItem.Reason.CONFLICT,
                        new Node.Link("there"),
                        0,
                        Instant.now()),
                VersionContent.none());
        String settled = putConflict("settled.txt", "c".repeat(1_000));
        put("settled.txt", "touched since");
        for (int i = 0; i < 300; i++) {
            put("f" + i, i % 50 == 0 ? "s".repeat(1_000) : i + "x".repeat(1_000));
            if (i % 100 == 99) {
                reopenSmall();
            }
        }

        assertThat(content(lost)).startsWith("only here");
        assertThat(content(shared)).isEqualTo("s".repeat(1_000));
        assertThat(content(large)).hasSize(70_000);
        assertThat(history.find(link)).isPresent();
        assertThat(history.find(settled)).isEmpty();
        List<HistoryEntry> all = history.list(i -> true, Integer.MAX_VALUE);
        assertThat(all).hasSizeLessThan(50).doesNotHaveDuplicates();
        assertThat(all.get(0).item().path()).isEqualTo("f299");
        assertThat(all.subList(all.size() - 4, all.size()))
                .extracting(HistoryEntry::id)
                .containsExactly(link, large, shared, lost);

        put("lost.txt", "settled now");
        for (int i = 0; i < 100; i++) {
            put("g" + i, i + "y".repeat(1_000));
        }
        assertThat(history.find(lost)).isEmpty();
        assertThat(history.find(shared)).isPresent();
    }

    @Test
    @DisplayName("rule 1: the last version stays although it alone is larger than the history may be")
    void keepsTheLastVersionHoweverLargeItIs() throws Exception {
        reopenSmall();
        String before = put("before", "x");
        String large = putLarge(1, 500_000);

        assertThat(history.find(large)).isPresent();
        assertThat(history.content(large).readAllBytes()).hasSize(500_000);
        for (int i = 0; i < 20; i++) {
            put("after" + i, i + "x".repeat(1_000));
        }
        assertThat(history.find(before)).isEmpty();
    }

    @Test
    void takesOtherBoundsWhileItIsOpen() throws Exception {
        history.close();
        history = History.open(directory, Retention.DEFAULT, 10_000);
        for (int i = 0; i < 100; i++) {
            put("f" + i, i + "x".repeat(1_000));
        }
        assertThat(history.list(i -> true, 1_000)).hasSize(100);

        history.retain(new Retention(30_000, Duration.ofDays(1)));
        for (int i = 0; i < 20; i++) {
            put("g" + i, i + "y".repeat(1_000));
        }

        assertThat(history.list(i -> true, 1_000)).hasSizeLessThan(45);
    }

    @Test
    void dropsLargeContentsWithTheLastVersionThatHasThem() throws Exception {
        history.close();
        history = History.open(directory, new Retention(2_500_000, Duration.ofDays(1)), 10_000);
        putLarge(1, 1_000_000);
        putLarge(2, 300_000);
        String kept = putLarge(1, 1_000_000);
        putLarge(3, 900_000);
        String last = putLarge(4, 300_000);

        assertThat(history.list(i -> true, 10)).extracting(HistoryEntry::id).contains(last);
        assertThat(files("large")).hasSize(3);
        for (HistoryEntry entry : history.list(i -> true, 10)) {
            try (InputStream in = history.content(entry.id())) {
                assertThat(in.readAllBytes()).hasSize((int) entry.size());
            }
        }
        assertThat(history.find(kept)).isPresent();
    }

    private String putLarge(int seed, int size) throws IOException {
        byte[] large = new byte[size];
        new java.util.Random(seed).nextBytes(large);
        return history.put(item("large", new Node.File(Digest.of(large), false)), VersionContent.of(large));
    }

    @Test
    void dropsWhatIsTooOld() throws Exception {
        history.close();
        history = History.open(directory, new Retention(1 << 20, Duration.ofDays(1)), 1);
        history.put(item("old", Node.directory(), Instant.parse("2026-01-02T03:04:05Z")), VersionContent.none());
        String recent = history.put(item("new", Node.directory()), VersionContent.none());
        reopen();

        assertThat(history.list(i -> true, 10)).extracting(HistoryEntry::id).containsExactly(recent);
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
            history = History.open(directory, Retention.DEFAULT);
            String before = put("a.txt", "before");
            byte[] large = new byte[2_000_000];

            assertThatThrownBy(() -> history.put(
                            item("large", new Node.File(Digest.of(large), false)), VersionContent.of(large)))
                    .isInstanceOfSatisfying(
                            HistoryException.class, e -> assertThat(e.noSpace()).isTrue());

            assertThat(history.list(i -> true, 10)).extracting(HistoryEntry::id).containsExactly(before);
            assertThat(files("large")).isEmpty();
            assertThat(files("unfinished")).isEmpty();
            String after = put("a.txt", "after");
            reopen();
            assertThat(content(after)).isEqualTo("after");
            history.close();
            history = History.open(base.resolve("other"), Retention.DEFAULT);
        }
    }
}
