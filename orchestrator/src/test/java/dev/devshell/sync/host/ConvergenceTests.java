package dev.devshell.sync.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devshell.sync.core.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens in the directory, the tree and its listeners end up with what is there. */
class ConvergenceTests {
    private TreeFixture fixture;

    @BeforeEach
    void prepare(@TempDir Path base) throws Exception {
        fixture = new TreeFixture(base);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    static Stream<Platform> platforms() {
        return Stream.of(Platform.best(), new Platform.Portable());
    }

    private void assertConverged(Map<String, Node> before) throws IOException {
        Map<String, Node> now = FreshLook.at(fixture.root);
        assertThat(fixture.snapshot()).isEqualTo(now);
        Map<String, Node> heard = new TreeMap<>(before);
        fixture.recorder.last().forEach(heard::put);
        heard.values().removeIf(node -> node instanceof Node.Absent);
        assertThat(heard).as("what a listener knows").isEqualTo(now);
    }

    /** Does random things below a directory, with few names so that they meet. */
    private record Monkey(Path root, Random random) {
        void act() throws IOException {
            Path path = path();
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> write(path);
                case 3 -> delete(path);
                case 4 -> move(path, path());
                case 5 -> mkdirs(path);
                case 6 -> link(path);
                default -> chmod(path);
            }
        }

        private Path path() {
            Path path = root;
            for (int depth = random.nextInt(4); depth >= 0; depth--) {
                path = path.resolve("n" + random.nextInt(4));
            }
            return path;
        }

        private void write(Path path) throws IOException {
            if (realParent(path) && !Files.isDirectory(path) && !Files.isSymbolicLink(path)) {
                Files.writeString(path, "content " + random.nextInt(20));
            }
        }

        private boolean realParent(Path path) {
            for (Path p = path.getParent(); p != null && p.startsWith(root); p = p.getParent()) {
                if (!Files.isDirectory(p, LinkOption.NOFOLLOW_LINKS)) {
                    return false;
                }
            }
            return true;
        }

        private void delete(Path path) throws IOException {
            if (realParent(path) && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    FreshLook.deleteBelow(path);
                }
                Files.delete(path);
            }
        }

        private void move(Path from, Path to) throws IOException {
            if (realParent(from)
                    && realParent(to)
                    && Files.exists(from, LinkOption.NOFOLLOW_LINKS)
                    && !Files.exists(to, LinkOption.NOFOLLOW_LINKS)
                    && !to.startsWith(from)) {
                Files.move(from, to);
            }
        }

        private void mkdirs(Path path) throws IOException {
            if (realParent(path) && !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(path.resolve("n1"));
            }
        }

        private void link(Path path) throws IOException {
            if (realParent(path) && !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                Files.createSymbolicLink(path, Path.of("n" + random.nextInt(4)));
            }
        }

        private void chmod(Path path) throws IOException {
            if (realParent(path) && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                String mode = random.nextBoolean() ? "rwxr-xr-x" : "rw-r--r--";
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("platforms")
    @DisplayName("rules 2, 8: after the barrier the tree holds, and has told, what is there; with random operations")
    void holdsWhatIsThereAfterRandomOperations(Platform platform) throws Exception {
        fixture.platform = platform;
        for (int i = 0; i < 200; i++) {
            new Monkey(fixture.root, new Random(i)).act();
        }
        fixture.open();
        for (int seed = 0; seed < 40; seed++) {
            fixture.barrier();
            Map<String, Node> before = fixture.snapshot();
            fixture.recorder.changes.clear();
            Monkey monkey = new Monkey(fixture.root, new Random(seed));
            for (int i = 0; i < 60; i++) {
                monkey.act();
            }
            fixture.barrier();
            assertConverged(before);
        }
    }

    @Test
    @DisplayName("rules 1, 5: while both sides write at random, every version that a write replaced is kept")
    void writesAndEditsMeetAtRandom() throws Exception {
        fixture.open();
        Monkey monkey = new Monkey(fixture.root, new Random(7));
        Random random = new Random(8);
        for (int i = 0; i < 600; i++) {
            monkey.act();
            String path = fixture.root.relativize(monkey.path()).toString();
            Node known = fixture.tree().entry(path).node();
            HostWrite write = random.nextInt(4) == 0
                    ? HostWrite.delete(path, known, null)
                    : TreeFixture.writing(path, known, "written " + i);
            int kept = fixture.kept.size();
            WriteResult result = fixture.write(write);
            if (result instanceof WriteResult.Applied
                    && !(known instanceof Node.Absent)
                    && !known.equals(write.target())
                    && !sameContent(known, write.target())) {
                assertThat(fixture.kept).hasSizeGreaterThan(kept);
            }
        }
        fixture.barrier();
        assertConverged(Map.of());
    }

    private static boolean sameContent(Node one, Node other) {
        return one instanceof Node.File a
                && other instanceof Node.File b
                && a.digest().equals(b.digest());
    }

    private void severalWriters(int directories, int files) throws Exception {
        int writers = 4;
        var pool = Executors.newFixedThreadPool(writers);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                int writer = w;
                tasks.add(() -> {
                    for (int i = writer; i < files; i += writers) {
                        fixture.put("d" + i % directories + "/f" + i, "content " + i);
                    }
                    return null;
                });
            }
            for (var done : pool.invokeAll(tasks, 120, TimeUnit.SECONDS)) {
                done.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void sees20000FilesInOneDirectoryBySeveralWriters() throws Exception {
        fixture.open();
        severalWriters(1, 20_000);
        fixture.barrier();
        assertConverged(Map.of());
    }

    @Test
    void sees20000FilesIn500DirectoriesBySeveralWriters() throws Exception {
        fixture.open();
        severalWriters(500, 20_000);
        fixture.barrier();
        assertConverged(Map.of());
    }

    @ParameterizedTest
    @MethodSource("platforms")
    @DisplayName("rules 7, 8: lost events are said, answered by a rescan, and no barrier is lost with them")
    void survivesAnOverflow(Platform real) throws Exception {
        CountingPlatform platform = new CountingPlatform(real);
        fixture.platform = platform;
        fixture.put("d0/f0", "before");
        fixture.put("d0/gone", "before");
        fixture.open();
        Map<String, Node> before = fixture.snapshot();

        platform.losing = true;
        severalWriters(20, 2_000);
        Files.delete(fixture.root.resolve("d0/gone"));
        var barrier = fixture.tree().barrier();
        TreeFixture.await(barrier);
        assertConverged(before);
        platform.losing = false;
        fixture.put("d1/after", "still watched");
        fixture.barrier();

        assertThat(fixture.recorder.rescans).contains("events were lost");
        assertConverged(before);
    }

    @Test
    void survivesABranchSwitchAndBack() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            fixture.put("src/" + i % 40 + "/f" + i, "main");
        }
        fixture.open();
        Map<String, Node> before = fixture.snapshot();

        for (String branch : List.of("feature", "main")) {
            for (int i = 0; i < 1_000; i += 2) {
                fixture.put("src/" + i % 40 + "/f" + i, branch);
            }
        }
        fixture.barrier();

        assertConverged(before);
        assertThat(fixture.snapshot()).isEqualTo(before);
    }

    @Test
    @DisplayName("rule 8: a barrier waits for what was written before it, by any thread, also in files still open")
    void theBarrierIsReal() throws Exception {
        fixture.open();
        try (var open = Files.newOutputStream(fixture.root.resolve("open"))) {
            for (int i = 0; i < 200; i++) {
                String text = "round " + i;
                fixture.put("a/b" + i % 7 + "/f", text);
                open.write('x');
                fixture.barrier();
                assertThat(fixture.tree().entry("a/b" + i % 7 + "/f").node()).isEqualTo(TreeFixture.file(text));
                assertThat(fixture.tree().entry("open").node()).isEqualTo(TreeFixture.file("x".repeat(i + 1)));
            }
        }
    }

    @Test
    void aBarrierOfAClosedTreeEnds() throws Exception {
        HostTree tree = fixture.open();
        tree.close();

        assertThat(tree.barrier()).isCompletedExceptionally();
        assertThat(tree.write(HostWrite.delete("f", Node.absent(), null))).isCompletedExceptionally();
    }

    @Test
    @DisplayName("rule 7: one edit looks at its own path and at no other, however many there are")
    void anEditCostsItself() throws Exception {
        CountingPlatform counting = new CountingPlatform();
        fixture.platform = counting;
        for (int i = 0; i < 500; i++) {
            fixture.put("d" + i % 10 + "/f" + i, "x");
        }
        fixture.open();
        counting.reset();

        fixture.put("d3/f3", "edited");
        fixture.barrier();
        fixture.write(TreeFixture.writing("d4/f4", TreeFixture.file("x"), "written"));
        fixture.barrier();

        assertThat(counting.reads).isSubsetOf("f3", "f4");
        assertThat(counting.stats)
                .allMatch(name -> name.equals("f3") || name.equals("f4") || TemporaryName.is(name))
                .hasSizeLessThan(40);
        assertThat(counting.lists).isEmpty();
        assertThat(fixture.recorder.rescans).isEmpty();
    }

    @Test
    @DisplayName("rule 9: an event that leaves the signature as it was costs no read")
    void readsNothingThatKeepsItsSignature() throws Exception {
        CountingPlatform counting = new CountingPlatform();
        fixture.platform = counting;
        Path file = fixture.put("f", "x");
        waitSince(System.nanoTime(), 50);
        fixture.open();
        counting.reset();

        Files.newOutputStream(file, java.nio.file.StandardOpenOption.APPEND).close();
        fixture.barrier();

        assertThat(counting.stats).contains("f");
        assertThat(counting.reads).isEmpty();
    }

    private static void waitSince(long start, long millis) {
        Awaitility.await()
                .pollInterval(5, TimeUnit.MILLISECONDS)
                .until(() -> System.nanoTime() - start > TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Test
    void readsOnlyWhatChangedSinceTheLastRun() throws Exception {
        CountingPlatform counting = new CountingPlatform();
        fixture.platform = counting;
        fixture.put("d/old", "old");
        fixture.put("d/edited", "old");
        waitSince(System.nanoTime(), 2_100);
        fixture.put("d/fresh", "too young to be trusted");
        fixture.open();
        fixture.close();
        fixture.put("d/edited", "new");
        fixture.put("d/new", "new");
        counting.reset();

        fixture.open();

        assertThat(counting.reads).containsExactlyInAnyOrder("edited", "new", "fresh");
        assertThat(fixture.snapshot()).isEqualTo(FreshLook.at(fixture.root));
    }

    @Test
    @DisplayName("rule 6: a digest cache that is damaged is left aside")
    void survivesADamagedCache() throws Exception {
        fixture.put("f", "x");
        fixture.open();
        fixture.close();
        Path cache = fixture.base.resolve("state/digests");
        byte[] whole = Files.readAllBytes(cache);
        for (byte[] damaged : List.of(
                new byte[0],
                "nonsense".getBytes(StandardCharsets.UTF_8),
                java.util.Arrays.copyOf(whole, whole.length / 2))) {
            Files.write(cache, damaged);
            fixture.open();
            assertThat(fixture.snapshot()).containsOnlyKeys("f");
            fixture.close();
        }
    }

    /** How editors and tools save, as shell commands on {@code f}. */
    static Stream<String> dances() {
        return Stream.of(
                "touch 4913; rm 4913; mv f f~; printf new > f; rm f~", // vim
                "ln -s user@host.1 .#f; printf new > '#f#'; mv f f~; mv '#f#' f; rm -f .#f f~", // Emacs
                "printf new > f___jb_tmp___; mv f f___jb_old___; mv f___jb_tmp___ f; rm f___jb_old___", // JetBrains
                "printf new > f", // VS Code, nano
                "sed -i s/old/new/ f",
                "printf new > .f.swp; cat .f.swp > f; rm .f.swp",
                "cp f f.orig; printf broken > f; printf new > f; rm f.orig", // a formatter right after the save
                "git -c init.defaultBranch=m init -q . && git add f && git -c user.name=a -c user.email=a@b commit -qm x "
                        + "&& printf new > f && git stash -q && git stash pop -q");
    }

    @ParameterizedTest
    @MethodSource("dances")
    void endsWithWhatTheEditorSaved(String dance) throws Exception {
        fixture.ignored = (path, directory) ->
                path.equals(".git") || path.startsWith(".git/") ? Ignored.Verdict.IGNORED : Ignored.Verdict.INCLUDED;
        fixture.put("f", "old");
        fixture.open();

        Process shell = new ProcessBuilder("sh", "-ec", dance)
                .directory(fixture.root.toFile())
                .inheritIO()
                .start();
        assertThat(shell.waitFor()).isZero();
        fixture.barrier();

        assertThat(fixture.snapshot()).isEqualTo(Map.of("f", TreeFixture.file("new")));
        assertThat(fixture.recorder.last()).containsEntry("f", TreeFixture.file("new"));
    }
}
