package dev.devshell.sync.host;

import static dev.devshell.sync.host.TreeFixture.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.devshell.sync.core.Digest;
import dev.devshell.sync.core.Node;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WatchingTests {
    private TreeFixture fixture;

    @BeforeEach
    void prepare(@TempDir Path base) throws Exception {
        fixture = new TreeFixture(base);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    /** Something that a person or a program does, and what is to be told of it. */
    private interface Act {
        void in(Path root, Path out) throws Exception;
    }

    private record Scenario(Act before, Act act, List<String> told) {}

    private static Named<Scenario> scenario(String name, Act before, Act act, String... told) {
        return Named.of(name, new Scenario(before, act, List.of(told)));
    }

    private static void file(Path file, String text) throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static final Act NOTHING = (root, out) -> {};
    private static final Act A_FILE = (root, out) -> file(root.resolve("f"), "one");
    private static final Act A_TREE = (root, out) -> file(root.resolve("d/e/f"), "one");

    static Stream<Named<Scenario>> scenarios() {
        return Stream.of(
                scenario("nothing", A_FILE, NOTHING),
                scenario("create", NOTHING, A_FILE, "f"),
                scenario("truncate and write", A_FILE, (r, o) -> file(r.resolve("f"), "two"), "f"),
                scenario(
                        "modify in place",
                        A_FILE,
                        (r, o) -> Files.writeString(r.resolve("f"), "x", StandardOpenOption.WRITE),
                        "f"),
                scenario(
                        "write the same bytes",
                        A_FILE,
                        (r, o) -> Files.writeString(r.resolve("f"), "one", StandardOpenOption.WRITE)),
                scenario(
                        "rename over",
                        A_FILE,
                        (r, o) -> {
                            file(o.resolve("n"), "new");
                            Files.move(o.resolve("n"), r.resolve("f"), StandardCopyOption.ATOMIC_MOVE);
                        },
                        "f"),
                scenario(
                        "rename in",
                        NOTHING,
                        (r, o) -> {
                            file(o.resolve("n"), "new");
                            Files.move(o.resolve("n"), r.resolve("n"));
                        },
                        "n"),
                scenario("rename out", A_FILE, (r, o) -> Files.move(r.resolve("f"), o.resolve("f")), "f"),
                scenario("rename", A_FILE, (r, o) -> Files.move(r.resolve("f"), r.resolve("g")), "f", "g"),
                scenario(
                        "move a tree in",
                        NOTHING,
                        (r, o) -> {
                            file(o.resolve("d/e/f"), "one");
                            Files.move(o.resolve("d"), r.resolve("d"));
                        },
                        "d",
                        "d/e",
                        "d/e/f"),
                scenario(
                        "move a tree out",
                        A_TREE,
                        (r, o) -> Files.move(r.resolve("d"), o.resolve("d")),
                        "d/e/f",
                        "d/e",
                        "d"),
                scenario(
                        "rename a tree",
                        A_TREE,
                        (r, o) -> Files.move(r.resolve("d"), r.resolve("x")),
                        "d/e/f",
                        "d/e",
                        "d",
                        "x",
                        "x/e",
                        "x/e/f"),
                scenario("touch", A_FILE, (r, o) -> Files.setLastModifiedTime(r.resolve("f"), FileTime.fromMillis(0))),
                scenario(
                        "executable",
                        A_FILE,
                        (r, o) -> Files.setPosixFilePermissions(
                                r.resolve("f"), PosixFilePermissions.fromString("rwxr-xr-x")),
                        "f"),
                scenario(
                        "chmod that is not carried",
                        A_FILE,
                        (r, o) -> Files.setPosixFilePermissions(
                                r.resolve("f"), PosixFilePermissions.fromString("rw-------"))),
                scenario(
                        "a broken link",
                        NOTHING,
                        (r, o) -> Files.createSymbolicLink(r.resolve("l"), Path.of("nowhere")),
                        "l"),
                scenario("a good link", A_FILE, (r, o) -> Files.createSymbolicLink(r.resolve("l"), Path.of("f")), "l"),
                scenario("a hard link", A_FILE, (r, o) -> Files.createLink(r.resolve("g"), r.resolve("f")), "g"),
                scenario("an empty directory", NOTHING, (r, o) -> Files.createDirectory(r.resolve("d")), "d"),
                scenario(
                        "delete a tree",
                        A_TREE,
                        (r, o) -> {
                            Files.delete(r.resolve("d/e/f"));
                            Files.delete(r.resolve("d/e"));
                            Files.delete(r.resolve("d"));
                        },
                        "d/e/f",
                        "d/e",
                        "d"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void tellsEachPathOnce(Scenario scenario) throws Exception {
        scenario.before.in(fixture.root, fixture.out);
        fixture.open();

        scenario.act.in(fixture.root, fixture.out);
        fixture.barrier();

        assertThat(fixture.recorder.paths()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(scenario.told);
        assertSeesAll();
    }

    private void assertSeesAll() throws Exception {
        assertThat(fixture.snapshot()).isEqualTo(FreshLook.at(fixture.root));
    }

    @Test
    void tellsThatAFileBecameADirectoryAndADirectoryAFile() throws Exception {
        fixture.put("f", "1");
        fixture.put("d/e/f", "1");
        fixture.open();

        Files.delete(fixture.root.resolve("f"));
        fixture.put("f/inside", "2");
        Files.move(fixture.root.resolve("d"), fixture.out.resolve("d"));
        fixture.put("d", "a file now");
        fixture.barrier();

        assertThat(fixture.recorder.last())
                .containsEntry("f", Node.directory())
                .containsEntry("f/inside", TreeFixture.file("2"))
                .containsEntry("d/e/f", Node.absent())
                .containsEntry("d", TreeFixture.file("a file now"));
        assertSeesAll();
    }

    @Test
    @DisplayName("rule 2: a file that is written to by one of its names has changed at all of them")
    void looksAtEveryNameOfAFile() throws Exception {
        fixture.put("d/f", "before");
        fixture.put("other", "before");
        fixture.open();
        Files.createLink(fixture.root.resolve("g"), fixture.root.resolve("d/f"));
        fixture.barrier();

        fixture.put("g", "written by the other name");
        fixture.barrier();

        assertThat(fixture.snapshot()).isEqualTo(FreshLook.at(fixture.root));
        assertThat(fixture.recorder.last()).containsKeys("g", "d/f").doesNotContainKey("other");
    }

    @Test
    void tellsWhatALinkPointsAtNow() throws Exception {
        Files.createSymbolicLink(fixture.root.resolve("l"), Path.of("one"));
        fixture.open();

        Files.delete(fixture.root.resolve("l"));
        Files.createSymbolicLink(fixture.root.resolve("l"), Path.of("other"));
        fixture.barrier();

        assertThat(fixture.recorder.last()).containsEntry("l", new Node.Link("other"));
    }

    @Test
    void keepsUpWithRemovingAndCreatingAgain() throws Exception {
        fixture.put("d/f", "0");
        fixture.open();

        for (int i = 1; i <= 50; i++) {
            Files.delete(fixture.root.resolve("d/f"));
            Files.delete(fixture.root.resolve("d"));
            fixture.put("d/f", "round " + i);
        }
        fixture.barrier();
        fixture.put("d/f", "and still watched");
        fixture.barrier();

        assertThat(fixture.recorder.last()).containsEntry("d/f", TreeFixture.file("and still watched"));
        assertSeesAll();
    }

    @Test
    void seesAFileThatIsMadeAtOnceInNewDirectories() throws Exception {
        fixture.open();

        for (int i = 0; i < 50; i++) {
            fixture.put("a" + i + "/b/c/d/f", "deep");
        }
        fixture.barrier();

        assertSeesAll();
    }

    @Test
    void seesATreeOf500DirectoriesThatIsUnpacked() throws Exception {
        fixture.open();

        for (int i = 0; i < 500; i++) {
            fixture.put("t/" + i % 25 + "/" + i + "/f", "content " + i);
        }
        fixture.barrier();

        assertSeesAll();
        assertThat(fixture.recorder.last().keySet()).hasSize(500 + 500 + 25 + 1);
    }

    @Test
    void survivesDirectoriesThatAreDeletedWhileTheyAreWalked() throws Exception {
        fixture.open();

        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 20; i++) {
                fixture.put("d/" + i + "/f", "x");
            }
            FreshLook.deleteBelow(fixture.root);
        }
        fixture.put("last", "x");
        fixture.barrier();

        assertThat(fixture.snapshot()).containsOnlyKeys("last");
    }

    @Test
    void aDirectoryThatMovedIsWatchedAtItsNewPlaceOnly() throws Exception {
        fixture.put("one/f", "1");
        fixture.put("two/f", "2");
        fixture.open();

        Files.move(fixture.root.resolve("one"), fixture.root.resolve("swap"));
        Files.move(fixture.root.resolve("two"), fixture.root.resolve("one"));
        Files.move(fixture.root.resolve("swap"), fixture.root.resolve("two"));
        fixture.barrier();
        fixture.put("one/f", "edited in one");
        fixture.put("two/g", "new in two");
        fixture.barrier();

        assertSeesAll();
        assertThat(fixture.snapshot()).containsEntry("one/f", TreeFixture.file("edited in one"));
    }

    @Test
    @DisplayName("rule 2: a file that is held open and appended to is told again and again, before it is ever closed")
    void convergesOnAFileThatIsHeldOpen() throws Exception {
        fixture.open();

        try (OutputStream log = Files.newOutputStream(fixture.root.resolve("log"))) {
            log.write("first\n".getBytes(StandardCharsets.UTF_8));
            Awaitility.await()
                    .untilAsserted(() ->
                            assertThat(fixture.recorder.last()).containsEntry("log", TreeFixture.file("first\n")));
            log.write("second\n".getBytes(StandardCharsets.UTF_8));
            Awaitility.await()
                    .untilAsserted(() -> assertThat(fixture.recorder.last())
                            .containsEntry("log", TreeFixture.file("first\nsecond\n")));
        }
    }

    @Test
    void aFileThatIsBeingCreatedIsToldWhole() throws Exception {
        fixture.open();

        for (int i = 0; i < 200; i++) {
            fixture.put("f" + i, "the content of file " + i);
        }
        fixture.barrier();

        assertThat(fixture.recorder.changes)
                .hasSize(200)
                .noneMatch(change -> change.entry().size() == 0);
    }

    @Test
    void tellsTwoEditsOfTheSameSizeWithinOneTick() throws Exception {
        fixture.put("f", "0000");
        fixture.open();

        for (int i = 1; i <= 200; i++) {
            String text = String.format("%04d", i);
            fixture.put("f", text);
            fixture.barrier();
            assertThat(fixture.tree().entry("f").node()).isEqualTo(TreeFixture.file(text));
        }
    }

    @Test
    void tellsNewContentUnderAnOldTime() throws Exception {
        Path file = fixture.put("f", "new!");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L));
        Path backup = Files.writeString(fixture.out.resolve("f"), "old!");
        Files.setLastModifiedTime(backup, FileTime.fromMillis(1_000_000_000_000L));
        fixture.open();

        Files.copy(backup, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        fixture.barrier();

        assertThat(fixture.recorder.last()).containsEntry("f", TreeFixture.file("old!"));
    }

    @Test
    void readsALargeFileWithoutHoldingUpASmallOne() throws Exception {
        fixture.open();
        byte[] large = new byte[64 * 1024 * 1024];

        Files.write(fixture.root.resolve("large"), large);
        fixture.put("small", "x");
        fixture.barrier();

        assertThat(fixture.recorder.paths()).containsExactly("small", "large");
        assertThat(fixture.recorder.last()).containsEntry("large", new Node.File(Digest.of(large), false));
    }

    @Test
    void saysThatTheRootIsGoneAndComesBackWithIt() throws Exception {
        fixture.put("f", "1");
        fixture.open();

        Files.move(fixture.root, fixture.base.resolve("away"));
        Awaitility.await()
                .untilAsserted(() -> assertThat(fixture.recorder.problems).contains("ROOT_GONE "));
        assertThat(fixture.tree().barrier()).failsWithin(java.time.Duration.ofSeconds(10));
        Files.writeString(fixture.base.resolve("away/f"), "2");
        Files.move(fixture.base.resolve("away"), fixture.root);
        Awaitility.await()
                .untilAsserted(() -> assertThat(fixture.recorder.rescans).isNotEmpty());

        assertThat(fixture.recorder.problems).containsExactly("ROOT_GONE ", "ROOT_BACK ");
        assertThat(fixture.recorder.last()).containsOnlyKeys("f").containsEntry("f", TreeFixture.file("2"));
        fixture.put("g", "3");
        fixture.barrier();
        assertSeesAll();
    }

    @Test
    void watchesARootThatWasDeletedAndMadeAgain() throws Exception {
        fixture.put("f", "1");
        fixture.open();

        FreshLook.deleteBelow(fixture.root);
        Files.delete(fixture.root);
        Awaitility.await()
                .untilAsserted(() -> assertThat(fixture.recorder.problems).contains("ROOT_GONE "));
        fixture.put("f", "again");
        Awaitility.await()
                .untilAsserted(() -> assertThat(fixture.recorder.rescans).isNotEmpty());
        fixture.barrier();

        assertSeesAll();
    }

    @Test
    @DisplayName("rule 3: an ignored directory is neither walked nor watched, however much happens in it")
    void ignoredDirectoriesCostNothing() throws Exception {
        CountingPlatform counting = new CountingPlatform();
        fixture.platform = counting;
        fixture.ignored = (path, directory) -> path.equals("node_modules") || path.startsWith("node_modules/")
                ? Ignored.Verdict.IGNORED
                : Ignored.Verdict.INCLUDED;
        fixture.put("node_modules/a/b/index.js", "x");
        fixture.put("app.js", "x");
        fixture.open();
        counting.reset();

        for (int i = 0; i < 1000; i++) {
            fixture.put("node_modules/" + i % 50 + "/" + i + ".js", "x");
        }
        fixture.barrier();

        assertThat(fixture.snapshot()).containsOnlyKeys("app.js");
        assertThat(counting.calls()).isLessThan(10);
        assertThat(fixture.recorder.changes).isEmpty();
    }

    @Test
    void descendsIntoAnIgnoredDirectoryForWhatIsNotIgnoredBelow() throws Exception {
        fixture.ignored = (path, directory) -> {
            if (path.equals("vendor")) {
                return Ignored.Verdict.DESCEND;
            }
            return path.startsWith("vendor/") && !path.startsWith("vendor/keep")
                    ? Ignored.Verdict.IGNORED
                    : Ignored.Verdict.INCLUDED;
        };
        fixture.put("vendor/drop", "x");
        fixture.put("vendor/keep/f", "x");
        fixture.open();

        assertThat(fixture.snapshot()).containsOnlyKeys("vendor/keep", "vendor/keep/f");
        fixture.put("vendor/keep/g", "x");
        fixture.put("vendor/drop", "y");
        fixture.barrier();
        assertThat(fixture.recorder.paths()).containsExactly("vendor/keep/g");
    }

    @Test
    void readsTheTreeAnewWhenTheIgnoreRulesChange() throws Exception {
        fixture.put("a.log", "x");
        fixture.put("b.txt", "x");
        fixture.open();

        TreeFixture.await(fixture.tree()
                .ignore((path, directory) ->
                        path.endsWith(".log") ? Ignored.Verdict.IGNORED : Ignored.Verdict.INCLUDED));
        assertThat(fixture.recorder.last()).containsExactly(java.util.Map.entry("a.log", Node.absent()));
        TreeFixture.await(fixture.tree().ignore(Ignored.NOTHING));

        assertThat(fixture.recorder.last()).containsExactly(java.util.Map.entry("a.log", TreeFixture.file("x")));
        assertSeesAll();
    }

    @Test
    void listsANameThatIsNotUtf8() throws Exception {
        fixture.open();

        new ProcessBuilder("sh", "-c", "cd '" + fixture.root + "' && : > \"$(printf 'caf\\351')\"; : > 'café'")
                .start()
                .waitFor();
        fixture.barrier();

        assertThat(fixture.recorder.problems).containsExactly("NAME caf\uFFFD");
        assertThat(fixture.snapshot()).containsOnlyKeys("café");
    }

    @Test
    void pollsWhatIsBeyondTheLimitOfWatches() throws Exception {
        CountingPlatform limited = new CountingPlatform();
        limited.watches = 3;
        fixture.platform = limited;
        fixture.put("a/f", "1");
        fixture.put("b/c/f", "1");
        fixture.put("d/f", "1");
        fixture.open();

        for (String path : List.of("a/f", "b/c/f", "d/f", "b/c/new", "d/e/new")) {
            fixture.put(path, "edited");
        }
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(fixture.recorder.last()).containsKeys("a/f", "b/c/f", "d/f", "b/c/new", "d/e/new"));
        fixture.put("b/c/f", "and by the barrier");
        fixture.barrier();

        assertThat(fixture.tree().entry("b/c/f").node()).isEqualTo(TreeFixture.file("and by the barrier"));
        assertSeesAll();
    }

    @Test
    void saysWhatItCannotReadAndGoesOn() throws Exception {
        CountingPlatform faulty = new CountingPlatform();
        faulty.denied.add("secret");
        fixture.platform = faulty;
        fixture.put("f", "1");
        fixture.open();

        fixture.put("secret", "x");
        fixture.put("g", "x");
        fixture.barrier();

        assertThat(fixture.recorder.problems).containsExactly("UNREADABLE secret");
        assertThat(fixture.recorder.last())
                .containsEntry("secret", Node.unreadable())
                .containsEntry("g", TreeFixture.file("x"));
        faulty.denied.clear();
        fixture.put("secret", "open now");
        fixture.barrier();
        assertThat(fixture.recorder.last()).containsEntry("secret", TreeFixture.file("open now"));
    }
}
