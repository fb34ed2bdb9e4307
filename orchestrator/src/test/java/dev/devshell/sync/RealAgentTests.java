package dev.devshell.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.devshell.DevshellException;
import dev.devshell.Sync.Version;
import dev.devshell.ignore.IgnoreRules;
import dev.devshell.sync.history.SmallDisk;
import dev.devshell.sync.plan.HostPath;
import dev.devshell.sync.plan.Policy;
import dev.devshell.sync.plan.Root;
import dev.devshell.sync.plan.SyncPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both ends for real, the agent as a process of this machine: {@code host/} and {@code container/} are kept equal. */
class RealAgentTests {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private Path host;
    private Path container;
    private LocalAgent agent;
    private ProjectSync sync;

    @BeforeEach
    void open() throws IOException {
        Path real = directory.toRealPath();
        host = Files.createDirectory(real.resolve("host"));
        container = Files.createDirectory(real.resolve("container"));
        agent = new LocalAgent(real.resolve("agent"));
        sync = ProjectSync.open(real.resolve("state"));
    }

    @AfterEach
    void close() {
        sync.close();
    }

    private void attach(String id) throws Exception {
        Root root = new Root(
                container.toString(),
                true,
                new HostPath(host, ""),
                Root.Flow.BOTH,
                List.of(IgnoreRules.docker("ignored\n"), IgnoreRules.EDITORS),
                List.of(),
                "",
                -1,
                "Dockerfile:1 COPY . .");
        SyncPlan plan = new SyncPlan(List.of(root), List.of(), Policy.HOST, List.of(IgnoreRules.PROTECTED));
        sync.attach("web", 1, id, plan, agent).get(20, TimeUnit.SECONDS);
    }

    private static void write(Path root, String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    @Test
    void carriesEverythingBothWays() throws Exception {
        write(host, "a/b", "host");
        write(container, "img/x", "image");
        attach("c1");

        write(container, "from/container", "c");
        write(host, "from/host", "h");
        Files.createSymbolicLink(host.resolve("link"), Path.of("a/b"));
        Files.setPosixFilePermissions(host.resolve("a/b"), PosixFilePermissions.fromString("rwxr-xr-x"));
        sync.flush(SOON);

        assertThat(container.resolve("a/b")).hasContent("host").isExecutable();
        assertThat(host.resolve("from/container")).hasContent("c");
        assertThat(container.resolve("from/host")).hasContent("h");
        assertThat(Files.readSymbolicLink(container.resolve("link"))).isEqualTo(Path.of("a/b"));
        assertThat(host.resolve("img")).doesNotExist();
    }

    @Test
    @DisplayName("rules 1 and 6: an agent that is killed in the middle of a batch loses nothing")
    void survivesTheAgentsDeath() throws Exception {
        attach("c1");
        for (int i = 0; i < 300; i++) {
            write(host, "d" + i % 7 + "/f" + i, "content " + i);
            if (i % 100 == 50) {
                agent.kill();
            }
        }
        sync.flush(SOON);

        assertThat(RealPair.tree(container)).isEqualTo(RealPair.tree(host)).hasSize(300 + 7);
    }

    @Test
    @DisplayName("delete brake: rm -rf of the mapped directory is held whole, and sync restore brings it back")
    void holdsWhatAContainerDeletesInBulk() throws Exception {
        for (int i = 0; i < 60; i++) {
            write(host, "d" + i % 3 + "/f" + i, "content " + i);
        }
        attach("c1");
        Map<String, String> before = RealPair.tree(host);

        delete(container);

        assertThatThrownBy(() -> sync.flush(SOON))
                .satisfies(e -> assertThat(((DevshellException) e).code()).isEqualTo("DELETIONS-HELD"));
        int few = before.size() - RealPair.tree(host).size();
        assertThat(few).isLessThanOrEqualTo(20);
        sync.restore();
        sync.flush(SOON);
        assertThat(RealPair.tree(container)).isEqualTo(RealPair.tree(host));
    }

    @Test
    @DisplayName(
            "delete brake: what a container deletes in bulk goes from the host once it is released, its directory excepted")
    void releasesWhatAContainerDeletedInBulk() throws Exception {
        for (int i = 0; i < 60; i++) {
            write(host, "d" + i % 3 + "/f" + i, "content " + i);
        }
        attach("c1");

        delete(container);

        assertThatThrownBy(() -> sync.flush(SOON)).isInstanceOf(DevshellException.class);
        sync.release();
        sync.flush(SOON);
        assertThat(host).isEmptyDirectory();
        write(host, "again", "x");
        sync.flush(SOON);
        assertThat(container.resolve("again")).hasContent("x");
    }

    @Test
    void largeFilesCrossBothWaysAndTheirOldVersionsComeBack() throws Exception {
        String old = "old version ".repeat(30_000);
        write(host, "large", old);
        attach("c1");
        write(host, "large", "new version ".repeat(40_000));
        write(container, "made", "there ".repeat(50_000));
        sync.flush(SOON);
        assertThat(RealPair.tree(container)).isEqualTo(RealPair.tree(host)).hasSize(2);

        await().until(() -> !sync.history(Optional.empty(), 1).isEmpty());
        Version version = sync.history(Optional.of(host.resolve("large")), 1).get(0);
        sync.undo(Optional.of(version.id()));
        sync.flush(SOON);

        assertThat(host.resolve("large")).hasContent(old);
        assertThat(container.resolve("large")).hasContent(old);
    }

    @Test
    void bringsEverythingBackThatTheSyncTookAwaySinceThen() throws Exception {
        write(host, "a", "1");
        write(host, "dir/b", "2");
        write(host, "mine", "3");
        attach("c1");
        write(container, "a", "first");
        sync.flush(SOON);
        write(container, "a", "second");
        delete(container.resolve("dir"));
        write(host, "mine", "edited");
        sync.flush(SOON);

        List<Version> undone = sync.undo(Duration.ofMinutes(10));
        sync.flush(SOON);

        assertThat(undone).extracting(v -> host.relativize(v.path()).toString()).containsExactly("a", "dir", "dir/b");
        for (Path side : List.of(host, container)) {
            assertThat(RealPair.tree(side)).isEqualTo(Map.of("a", "1", "dir", "/", "dir/b", "2", "mine", "edited"));
        }
        assertThat(sync.undo(Duration.ZERO)).isEmpty();
    }

    @Test
    @DisplayName(
            "rule 1: a full disk in the container is said, what stands there stays whole, and the sync goes on when there is space")
    void aFullDiskInTheContainerLosesNothing() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(container, "1m")) {
            write(host, "kept", "as it was");
            attach("c1");
            Path filler = disk.path().resolve("ignored");
            disk.fill(filler);
            String large = "more than there is room for ".repeat(10_000);
            write(host, "kept", large);

            assertThatThrownBy(() -> sync.flush(Duration.ofSeconds(2)))
                    .isInstanceOfSatisfying(
                            DevshellException.Failed.class,
                            e -> assertThat(e.why()).contains("/kept", "no space"));
            assertThat(sync.status().problems()).isNotEmpty();
            assertThat(container.resolve("kept")).hasContent("as it was");

            Files.delete(filler);
            sync.flush(SOON);
            assertThat(container.resolve("kept")).hasContent(large);
        }
    }

    @Test
    @DisplayName(
            "rules 1, 2 and 9: whatever both sides do at once, they end equal, and every version is on a side or in the history")
    void randomEditsOnBothSidesConverge() throws Exception {
        long seed = Long.getLong("devshell.seed", System.nanoTime());
        attach("c1");
        for (int round = 0; round < 4; round++) {
            Random random = new Random(seed + round);
            boolean atRest = round % 2 == 0;
            if (atRest) {
                sync.pause();
            }
            for (int i = 0; i < 150; i++) {
                edit(random.nextBoolean() ? host : container, random, "r" + round + "e" + i + ";");
            }
            Set<String> stood = atRest ? files(host, container) : new HashSet<>();
            sync.resume();
            flush(seed);

            assertThat(differences()).as("replay with -Ddevshell.seed=%d", seed).isEmpty();
            stood.removeAll(files(host));
            await().untilAsserted(() -> assertThat(history())
                    .as("replay with -Ddevshell.seed=%d", seed)
                    .satisfies(kept -> stood.forEach(content -> assertThat(kept).contains(content))));
        }
    }

    /** What the sync says of the paths in which the sides differ. */
    private String differences() throws IOException {
        Map<String, String> here = RealPair.tree(host);
        Map<String, String> there = RealPair.tree(container);
        Set<String> paths = new TreeSet<>(here.keySet());
        paths.addAll(there.keySet());
        paths.removeIf(path -> Objects.equals(here.get(path), there.get(path)));
        StringBuilder said = new StringBuilder();
        paths.forEach(path -> said.append(path)
                .append(": ")
                .append(sync.explain(host.resolve(path)).facts())
                .append('\n'));
        return said.toString();
    }

    /** Everything that the history holds, as it is on the disk. */
    private String history() throws IOException {
        return Files.readString(directory.resolve("state/history/00000001.segment"), StandardCharsets.ISO_8859_1);
    }

    private void flush(long seed) {
        try {
            sync.flush(SOON);
        } catch (DevshellException e) {
            if (e.code().equals("DELETIONS-HELD")) {
                // Random deletions are meant.
                sync.release();
                flush(seed);
                return;
            }
            throw new AssertionError("replay with -Ddevshell.seed=" + seed + ": " + e.why(), e);
        }
    }

    private static void edit(Path root, Random random, String content) throws IOException {
        Path path = root;
        for (int depth = 1 + random.nextInt(3); depth > 0; depth--) {
            path = path.resolve("n" + random.nextInt(4));
        }
        Path other = root.resolve("n" + random.nextInt(4)).resolve("m" + random.nextInt(4));
        try {
            switch (random.nextInt(7)) {
                case 0, 1, 2 -> {
                    Files.createDirectories(path.getParent());
                    Files.writeString(path, content);
                }
                case 3 -> Files.createDirectories(path);
                case 4 -> delete(path);
                case 5 -> {
                    Files.createDirectories(other.getParent());
                    Files.move(path, other);
                }
                default -> {
                    Files.createDirectories(path.getParent());
                    Files.createSymbolicLink(path, Path.of("n" + random.nextInt(4)));
                }
            }
        } catch (java.nio.file.FileSystemException | java.io.UncheckedIOException e) {
            // A file where a directory would have to be, or the other side's hand: this edit does not happen.
            assertThat(e).isNotNull();
        }
    }

    private static void delete(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            List<Path> all = new ArrayList<>();
            try (Stream<Path> walk = Files.walk(path)) {
                walk.forEach(all::add);
            }
            for (int i = all.size() - 1; i >= 0; i--) {
                Files.deleteIfExists(all.get(i));
            }
        } else {
            Files.deleteIfExists(path);
        }
    }

    private static Set<String> files(Path... roots) throws IOException {
        Set<String> contents = new HashSet<>();
        for (Path root : roots) {
            RealPair.tree(root).values().stream()
                    .filter(content -> !content.equals("/") && !content.startsWith("-> "))
                    .forEach(contents::add);
        }
        return contents;
    }
}
