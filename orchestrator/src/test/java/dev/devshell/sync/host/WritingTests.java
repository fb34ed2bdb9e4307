package dev.devshell.sync.host;

import static dev.devshell.sync.host.TreeFixture.file;
import static dev.devshell.sync.host.TreeFixture.writing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.devshell.fault.Faults;
import dev.devshell.sync.core.Digest;
import dev.devshell.sync.core.Node;
import dev.devshell.sync.history.SmallDisk;
import dev.devshell.sync.host.WriteResult.Applied;
import dev.devshell.sync.host.WriteResult.Code;
import dev.devshell.sync.host.WriteResult.Failed;
import dev.devshell.sync.host.WriteResult.Mismatch;
import dev.devshell.sync.host.WriteResult.NotEmpty;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WritingTests {
    private static final Node ABSENT = Node.absent();

    private TreeFixture fixture;

    @BeforeEach
    void prepare(@TempDir Path base) throws Exception {
        fixture = new TreeFixture(base);
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
        assertThat(leftovers()).isEmpty();
    }

    private List<Path> leftovers() throws IOException {
        try (var files = Files.walk(fixture.base)) {
            return files.filter(f -> TemporaryName.is(f.getFileName().toString()))
                    .toList();
        }
    }

    private static HostWrite link(String path, Node expected, String target) {
        return new HostWrite(path, expected, new Node.Link(target), HostContent.none(), 0, 0, null);
    }

    private static HostWrite directory(String path, Node expected) {
        return new HostWrite(path, expected, Node.directory(), HostContent.none(), 0, 0, null);
    }

    private void assertSeesAll() throws IOException {
        assertThat(fixture.snapshot()).isEqualTo(FreshLook.at(fixture.root));
    }

    @Nested
    class What {
        @Test
        void createsAFileWithItsParents() throws Exception {
            fixture.open();

            assertThat(fixture.write(writing("a/b/f", ABSENT, "new"))).isInstanceOf(Applied.class);

            assertThat(fixture.text("a/b/f")).isEqualTo("new");
            assertThat(fixture.recorder.paths()).containsExactly("a", "a/b", "a/b/f");
            assertThat(fixture.kept).isEmpty();
            fixture.barrier();
            fixture.put("a/b/g", "seen, because the new directories are watched");
            fixture.barrier();
            assertSeesAll();
        }

        @Test
        @DisplayName("rule 1: what is replaced is kept before, with the label of the write")
        void keepsWhatItReplaces() throws Exception {
            fixture.put("f", "old");
            fixture.open();

            fixture.write(writing("f", file("old"), "new"));

            assertThat(fixture.kept).singleElement().satisfies(kept -> {
                assertThat(kept.path()).isEqualTo("f");
                assertThat(kept.entry().node()).isEqualTo(file("old"));
                assertThat(kept.content()).isEqualTo("old");
                assertThat(kept.reason()).isEqualTo(Keeper.Reason.REPLACED);
                assertThat(kept.label()).isEqualTo("label");
            });
        }

        @Test
        @DisplayName("rule 1: what cannot be kept is not touched")
        void leavesWhatCannotBeKept() throws Exception {
            fixture.put("f", "old");
            fixture.put("g", "old");
            fixture.keeper = (path, old, content, reason, label) -> {
                throw new IOException("the history is full");
            };
            fixture.open();

            WriteResult replaced = fixture.write(writing("f", file("old"), "new"));
            WriteResult deleted = fixture.write(HostWrite.delete("g", file("old"), null));

            assertThat(replaced)
                    .isEqualTo(new Failed(Code.NOT_KEPT, "the old version cannot be kept: the history is full"));
            assertThat(deleted).isInstanceOf(Failed.class);
            assertThat(fixture.text("f") + fixture.text("g")).isEqualTo("oldold");
        }

        @Test
        void deletesFilesAndEmptyDirectories() throws Exception {
            fixture.put("d/f", "x");
            fixture.open();

            assertThat(fixture.write(HostWrite.delete("d", Node.directory(), null)))
                    .isEqualTo(new NotEmpty());
            assertThat(fixture.write(HostWrite.delete("d/f", file("x"), null))).isInstanceOf(Applied.class);
            assertThat(fixture.write(HostWrite.delete("d", Node.directory(), null)))
                    .isInstanceOf(Applied.class);

            assertThat(fixture.root).isEmptyDirectory();
            assertThat(fixture.snapshot()).isEmpty();
            assertThat(fixture.kept).extracting(TreeFixture.Kept::path).containsExactly("d", "d/f", "d");
        }

        @Test
        @DisplayName("rules 1 and 5: of deletions that are asked for together, each is compared and kept by itself")
        void deletesSomePathsOfADirectoryTogether() throws Exception {
            fixture.put("d/a", "a");
            fixture.put("d/b", "b");
            fixture.put("d/c", "c");
            fixture.open();

            List<WriteResult> results = TreeFixture.await(fixture.tree()
                    .delete(List.of(
                            HostWrite.delete("d/a", file("a"), "label"),
                            HostWrite.delete("d/b", file("an older one"), "label"),
                            HostWrite.delete("d/c", file("c"), "label"),
                            HostWrite.delete("d/gone", Node.absent(), "label"))));

            assertThat(results)
                    .hasExactlyElementsOfTypes(
                            WriteResult.Applied.class,
                            WriteResult.Mismatch.class,
                            WriteResult.Applied.class,
                            WriteResult.Applied.class);
            assertThat(fixture.root.resolve("d"))
                    .isDirectoryContaining("glob:**/b")
                    .isNotEmptyDirectory();
            assertThat(fixture.kept).extracting(TreeFixture.Kept::content).containsExactly("a", "c");
            assertSeesAll();
        }

        @Test
        void deletesNoDirectoryThatHoldsSomethingIgnored() throws Exception {
            fixture.ignored =
                    (path, directory) -> path.equals("d/ignored") ? Ignored.Verdict.IGNORED : Ignored.Verdict.INCLUDED;
            fixture.put("d/ignored", "x");
            fixture.open();

            assertThat(fixture.write(HostWrite.delete("d", Node.directory(), null)))
                    .isEqualTo(new NotEmpty());
            assertThat(fixture.root.resolve("d/ignored")).exists();
        }

        @Test
        void changesTheKind() throws Exception {
            fixture.put("f", "1");
            fixture.put("g", "1");
            Files.createDirectory(fixture.root.resolve("d"));
            fixture.open();

            assertThat(fixture.write(directory("f", file("1")))).isInstanceOf(Applied.class);
            assertThat(fixture.write(link("g", file("1"), "f"))).isInstanceOf(Applied.class);
            assertThat(fixture.write(writing("d", Node.directory(), "2"))).isInstanceOf(Applied.class);

            assertThat(fixture.snapshot())
                    .isEqualTo(Map.of("f", Node.directory(), "g", new Node.Link("f"), "d", file("2")));
            fixture.put("f/watched", "x");
            fixture.barrier();
            assertSeesAll();
        }

        @Test
        void setsTheExecutableBitAlone() throws Exception {
            Path file = fixture.put("f", "1");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
            fixture.open();
            Node executable = new Node.File(Digest.of("1".getBytes(StandardCharsets.UTF_8)), true);

            WriteResult on = fixture.write(new HostWrite("f", file("1"), executable, HostContent.none(), 0, 0, null));
            String modeOn = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
            WriteResult off = fixture.write(new HostWrite("f", executable, file("1"), HostContent.none(), 0, 0, null));

            assertThat(on).isInstanceOf(Applied.class);
            assertThat(modeOn).isEqualTo("rwxr-x---");
            assertThat(off).isInstanceOf(Applied.class);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-r-----");
        }

        @Test
        void consumesStagedContentEvenAcrossFileSystems() throws Exception {
            fixture.put("f", "old");
            fixture.open();
            byte[] content = new byte[3_000_000];
            Node target = new Node.File(Digest.of(content), true);
            try (SmallDisk disk = SmallDisk.mount(fixture.base.resolve("disk"), "8m")) {
                Path near = Files.write(fixture.out.resolve("near"), content);
                Path far = Files.write(disk.path().resolve("far"), content);

                var one = fixture.write(
                        new HostWrite("f", file("old"), target, new HostContent.Staged(near), 0, 0, null));
                var other = fixture.write(new HostWrite("g", ABSENT, target, new HostContent.Staged(far), 0, 0, null));

                assertThat(one).isInstanceOf(Applied.class);
                assertThat(other).isInstanceOf(Applied.class);
                assertThat(near).doesNotExist();
                assertThat(far).doesNotExist();
                assertSeesAll();
            }
        }

        @Test
        @DisplayName("rule 9: a write is told once, and its own events tell nothing")
        void isToldOnce() throws Exception {
            fixture.put("f", "old");
            fixture.put("h", "old");
            fixture.open();

            fixture.write(writing("f", file("old"), "new"));
            fixture.write(writing("g", ABSENT, "new"));
            fixture.write(HostWrite.delete("h", file("old"), null));
            fixture.barrier();
            fixture.barrier();

            assertThat(fixture.recorder.paths()).containsExactly("f", "g", "h");
            assertThat(fixture.recorder.changes.get(0).content()).asString().isEqualTo("new");
        }

        @Test
        @DisplayName("rule 9: writing what is there already changes and tells nothing")
        void writesNothingThatIsThereAlready() throws Exception {
            Path file = fixture.put("f", "same");
            fixture.open();
            FileTime before = Files.getLastModifiedTime(file);

            assertThat(fixture.write(writing("f", file("same"), "same"))).isInstanceOf(Applied.class);
            assertThat(fixture.write(HostWrite.delete("none", ABSENT, null))).isEqualTo(new Applied(HostEntry.ABSENT));

            assertThat(Files.getLastModifiedTime(file)).isEqualTo(before);
            assertThat(fixture.recorder.changes).isEmpty();
            assertThat(fixture.kept).isEmpty();
        }
    }

    @Nested
    class CompareAndSwap {
        @Test
        @DisplayName("rule 5: what is not what was expected stays, and the listeners hear of it first")
        void refusesWhatIsNotExpected() throws Exception {
            fixture.put("f", "other");
            fixture.put("d/x", "x");
            fixture.open();

            assertThat(fixture.write(writing("f", file("old"), "new")))
                    .isInstanceOfSatisfying(
                            Mismatch.class, m -> assertThat(m.found().node()).isEqualTo(file("other")));
            assertThat(fixture.write(writing("f", ABSENT, "new"))).isInstanceOf(Mismatch.class);
            assertThat(fixture.write(writing("gone", file("old"), "new"))).isEqualTo(new Mismatch(HostEntry.ABSENT));
            assertThat(fixture.write(writing("no/parent", file("old"), "new")))
                    .isEqualTo(new Mismatch(HostEntry.ABSENT));
            assertThat(fixture.write(writing("d", file("old"), "new"))).isInstanceOf(Mismatch.class);
            assertThat(fixture.write(link("f", new Node.Link("x"), "y"))).isInstanceOf(Mismatch.class);
            assertThat(fixture.text("f")).isEqualTo("other");
        }

        @Test
        @DisplayName("rule 5: an edit that no event has told of yet is seen before it is overwritten")
        void seesAnEditBeforeItsEvent() throws Exception {
            fixture.put("f", "old");
            fixture.open();
            java.util.List<java.util.concurrent.Future<WriteResult>> asked =
                    new java.util.concurrent.CopyOnWriteArrayList<>();
            TreeFixture.await(fixture.tree().onTree(() -> {
                try {
                    fixture.put("f", "edited meanwhile");
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
                asked.add(fixture.tree().write(writing("f", file("old"), "new")));
                return true;
            }));
            WriteResult result = TreeFixture.await(asked.get(0));

            assertThat(result)
                    .isInstanceOfSatisfying(
                            Mismatch.class, m -> assertThat(m.found().node()).isEqualTo(file("edited meanwhile")));
            assertThat(fixture.text("f")).isEqualTo("edited meanwhile");
            assertThat(fixture.recorder.last()).containsEntry("f", file("edited meanwhile"));
        }

        private CountingPlatform slippingIn(CountingPlatform.Hook hook) {
            CountingPlatform platform = new CountingPlatform();
            fixture.platform = platform;
            fixture.open();
            platform.beforeCommit = hook;
            return platform;
        }

        @Test
        @DisplayName("rule 5: what slips into the window of a replacement goes to the history")
        void keepsWhatSlipsIn() throws Exception {
            fixture.put("f", "old");
            slippingIn(() -> fixture.put("f", "slipped in"));

            assertThat(fixture.write(writing("f", file("old"), "new"))).isInstanceOf(Applied.class);

            assertThat(fixture.text("f")).isEqualTo("new");
            assertThat(fixture.kept).extracting(TreeFixture.Kept::content).containsExactly("old", "slipped in");
            assertThat(fixture.kept.get(1).reason()).isEqualTo(Keeper.Reason.RACED);
            fixture.barrier();
            assertSeesAll();
        }

        @Test
        @DisplayName(
                "rules 1 and 5: what slips into the window stays on the disk if it cannot be read, and is kept later")
        void leavesWhatSlipsInAndCannotBeRead() throws Exception {
            Faults faults = new Faults((point, all) -> {
                if (point.step() == Faults.Step.READ && TemporaryName.is(point.what())) {
                    throw Faults.Errno.IO.of(point);
                }
            });
            CountingPlatform platform = new CountingPlatform(new FaultyHost(faults));
            fixture.platform = platform;
            fixture.put("f", "old");
            fixture.open();
            platform.beforeCommit = () -> fixture.put("f", "slipped in");
            fixture.write(writing("f", file("old"), "new"));
            fixture.close();
            assertThat(fixture.text("f")).isEqualTo("new");

            fixture.platform = Platform.best();
            fixture.open();

            assertThat(fixture.kept).extracting(TreeFixture.Kept::content).containsExactly("old", "slipped in");
            assertThat(fixture.root.toFile().list()).containsExactly("f");
        }

        @Test
        @DisplayName("rule 5: a rename that slips into the window of a replacement goes to the history")
        void keepsARenameThatSlipsIn() throws Exception {
            fixture.put("f", "old");
            Path other = Files.writeString(fixture.out.resolve("f"), "renamed over");
            slippingIn(() -> Files.move(other, fixture.root.resolve("f"), StandardCopyOption.ATOMIC_MOVE));

            assertThat(fixture.write(writing("f", file("old"), "new"))).isInstanceOf(Applied.class);

            assertThat(fixture.kept).extracting(TreeFixture.Kept::content).containsExactly("old", "renamed over");
        }

        @Test
        @DisplayName("rule 5: what appears in the window of a creation stays, and is decided anew")
        void refusesToCreateOverWhatAppears() throws Exception {
            slippingIn(() -> fixture.put("f", "slipped in"));

            assertThat(fixture.write(writing("f", ABSENT, "new")))
                    .isInstanceOfSatisfying(
                            Mismatch.class, m -> assertThat(m.found().node()).isEqualTo(file("slipped in")));
            assertThat(fixture.text("f")).isEqualTo("slipped in");
        }

        @Test
        @DisplayName("rule 5: what changes in the window of a deletion comes back")
        void putsBackWhatChangesInTheWindowOfADeletion() throws Exception {
            fixture.put("f", "old");
            slippingIn(() -> fixture.put("f", "slipped in"));

            assertThat(fixture.write(HostWrite.delete("f", file("old"), null)))
                    .isInstanceOfSatisfying(
                            Mismatch.class, m -> assertThat(m.found().node()).isEqualTo(file("slipped in")));
            assertThat(fixture.text("f")).isEqualTo("slipped in");
        }

        @Test
        @DisplayName("rule 5: a directory that takes the place in the window stays")
        void leavesADirectoryThatSlipsIn() throws Exception {
            fixture.put("f", "old");
            slippingIn(() -> {
                Files.delete(fixture.root.resolve("f"));
                fixture.put("f/inside", "x");
            });

            assertThat(fixture.write(writing("f", file("old"), "new"))).isInstanceOf(Mismatch.class);
            assertThat(fixture.text("f/inside")).isEqualTo("x");
            fixture.barrier();
            assertSeesAll();
        }

        @Test
        @DisplayName("rule 5: what vanishes in the window is decided anew")
        void noticesWhatVanishes() throws Exception {
            fixture.put("f", "old");
            slippingIn(() -> Files.delete(fixture.root.resolve("f")));

            assertThat(fixture.write(writing("f", file("old"), "new"))).isEqualTo(new Mismatch(HostEntry.ABSENT));
        }
    }

    @Nested
    class Lane {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "/",
                    "/etc/x",
                    "..",
                    "../x",
                    "a/../../x",
                    "a/./b",
                    "./a",
                    "a//b",
                    "a/",
                    "a\0b",
                    ".",
                    "a/.."
                })
        @DisplayName("rule 3: a path that is none is refused")
        void refusesPathsThatAreNone(String path) {
            fixture.open();

            assertThat(fixture.write(writing(path, ABSENT, "x")))
                    .isInstanceOfSatisfying(
                            Failed.class, f -> assertThat(f.code()).isEqualTo(Code.NAME));
        }

        @Test
        void refusesNamesThatAreTooLong() {
            fixture.open();

            assertThat(fixture.write(writing("é".repeat(128), ABSENT, "x")))
                    .isInstanceOfSatisfying(
                            Failed.class, f -> assertThat(f.code()).isEqualTo(Code.NAME));
            assertThat(fixture.write(writing("é".repeat(127), ABSENT, "x"))).isInstanceOf(Applied.class);
        }

        @Test
        @DisplayName("rule 3: no symbolic link is followed, be it a parent or the path itself")
        void followsNoLink() throws Exception {
            Files.writeString(fixture.out.resolve("f"), "outside");
            Files.createSymbolicLink(fixture.root.resolve("away"), fixture.out);
            Files.createSymbolicLink(fixture.root.resolve("f"), fixture.out.resolve("f"));
            fixture.open();

            for (HostWrite write : java.util.List.of(
                    writing("away/f", ABSENT, "x"),
                    writing("away/f", file("outside"), "x"),
                    writing("away/deep/er/f", ABSENT, "x"),
                    HostWrite.delete("away/f", file("outside"), null),
                    directory("away/d", ABSENT))) {
                assertThat(fixture.write(write))
                        .isInstanceOfSatisfying(
                                Failed.class, f -> assertThat(f.code()).isEqualTo(Code.LINK_IN_PATH));
            }
            assertThat(fixture.write(writing("f", file("outside"), "x"))).isInstanceOf(Mismatch.class);
            Node itself = new Node.Link(fixture.out.resolve("f").toString());
            assertThat(fixture.write(writing("f", itself, "x"))).isInstanceOf(Applied.class);

            assertThat(Files.readString(fixture.out.resolve("f"))).isEqualTo("outside");
            try (var out = Files.list(fixture.out)) {
                assertThat(out).hasSize(1);
            }
            assertThat(Files.isSymbolicLink(fixture.root.resolve("f"))).isFalse();
            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () -> fixture.tree().read("away/f"))
                    .isInstanceOf(IOException.class);
        }

        @Test
        void saysThatAParentIsAFile() throws Exception {
            fixture.put("f", "x");
            fixture.open();

            assertThat(fixture.write(writing("f/g", ABSENT, "x")))
                    .isInstanceOfSatisfying(
                            Failed.class, f -> assertThat(f.code()).isEqualTo(Code.PARENT));
        }

        @Test
        @DisplayName("rule 3: protected and ignored paths are never written")
        void refusesProtectedAndIgnoredPaths() throws Exception {
            fixture.ignored = (path, directory) ->
                    path.equals("log") || path.startsWith("log/") ? Ignored.Verdict.IGNORED : Ignored.Verdict.INCLUDED;
            fixture.put(".git/config", "x");
            fixture.put("log/a", "x");
            fixture.open();

            for (HostWrite write : java.util.List.of(
                    writing(".git/config", file("x"), "y"),
                    writing(".git/hooks/pre-commit", ABSENT, "y"),
                    HostWrite.delete(".git/config", file("x"), null),
                    writing("log/a", ABSENT, "y"),
                    writing("log/new/b", ABSENT, "y"),
                    writing("d/" + TemporaryName.PREFIX + "1-1-x", ABSENT, "y"))) {
                assertThat(fixture.write(write))
                        .isInstanceOfSatisfying(
                                Failed.class, f -> assertThat(f.code()).isEqualTo(Code.PROTECTED));
            }
            assertThat(fixture.text(".git/config") + fixture.text("log/a")).isEqualTo("xx");
            assertThat(fixture.root.resolve("d")).doesNotExist();
        }

        @Test
        @DisplayName("rule 3: links that are absolute or leave the root are refused, others are made")
        void refusesLinksThatLeave() {
            fixture.open();

            for (String target : java.util.List.of("/etc/passwd", "..", "../x", "a/../../x", "x\0y")) {
                assertThat(fixture.write(link("l", ABSENT, target)))
                        .isInstanceOfSatisfying(
                                Failed.class, f -> assertThat(f.code()).isEqualTo(Code.LINK_TARGET));
            }
            assertThat(fixture.write(link("a/b/l", ABSENT, "../../x"))).isInstanceOf(Applied.class);
            assertThat(fixture.snapshot()).containsEntry("a/b/l", new Node.Link("../../x"));
        }
    }

    @Nested
    class Attributes {
        @Test
        void keepsTheReplacedFilesOwnerAndBits() throws Exception {
            Path file = fixture.put("f", "old");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
            Files.setAttribute(file, "unix:uid", 1234);
            Files.setAttribute(file, "unix:gid", 2345);
            fixture.open();

            fixture.write(writing("f", file("old"), "new"));

            assertThat(Files.readAttributes(file, "unix:uid,gid,mode", LinkOption.NOFOLLOW_LINKS))
                    .containsEntry("uid", 1234)
                    .containsEntry("gid", 2345)
                    .containsEntry("mode", 0100660);
        }

        @Test
        void givesNewPathsTheirParentsOwner() throws Exception {
            Files.createDirectory(fixture.root.resolve("d"));
            Files.setAttribute(fixture.root.resolve("d"), "unix:uid", 1234);
            Files.setAttribute(fixture.root.resolve("d"), "unix:gid", 2345);
            fixture.open();

            fixture.write(writing("d/e/f", ABSENT, "new"));
            fixture.write(link("d/l", ABSENT, "e"));

            for (String path : java.util.List.of("d/e", "d/e/f", "d/l")) {
                assertThat(Files.readAttributes(fixture.root.resolve(path), "unix:uid,gid", LinkOption.NOFOLLOW_LINKS))
                        .containsEntry("uid", 1234)
                        .containsEntry("gid", 2345);
            }
        }

        @Test
        void carriesTheTimeButNeverBackwards() throws Exception {
            Path file = fixture.put("f", "old");
            long replaced = TimeUnit.SECONDS.toNanos(2_000_000_000L);
            Files.setLastModifiedTime(file, FileTime.from(replaced, TimeUnit.NANOSECONDS));
            fixture.open();
            long early = 1_500_000_000_123_456_789L;
            byte[] content = "new".getBytes(StandardCharsets.UTF_8);

            fixture.write(new HostWrite("f", file("old"), file("new"), HostContent.of(content), 0, early, null));
            fixture.write(new HostWrite("g", ABSENT, file("new"), HostContent.of(content), 0, early, null));

            assertThat(fixture.tree().entry("f").mtimeNanos()).isGreaterThan(replaced);
            assertThat(fixture.tree().entry("g").mtimeNanos()).isEqualTo(early);
            assertThat(Files.getLastModifiedTime(fixture.root.resolve("g")).to(TimeUnit.NANOSECONDS))
                    .isEqualTo(early);
        }

        @Test
        void neverMakesAFileSetUserId() throws Exception {
            Path file = fixture.put("f", "old");
            Files.setAttribute(file, "unix:mode", 0104755);
            fixture.open();
            Node executable = new Node.File(Digest.of("old".getBytes(StandardCharsets.UTF_8)), true);

            fixture.write(writing("f", executable, "new"));
            fixture.write(new HostWrite(
                    "g", ABSENT, file("new"), HostContent.of("new".getBytes(StandardCharsets.UTF_8)), 06755, 0, null));

            assertThat(Files.getAttribute(file, "unix:mode")).isEqualTo(0100644);
            assertThat((Integer) Files.getAttribute(fixture.root.resolve("g"), "unix:mode") & 06000)
                    .isZero();
        }
    }

    @Nested
    class Trouble {
        @Test
        void saysThatTheDiskIsFullAndGoesOn() throws Exception {
            try (SmallDisk disk = SmallDisk.mount(fixture.root, "1m")) {
                fixture.put("f", "old");
                fixture.open();
                byte[] large = new byte[2_000_000];
                Node target = new Node.File(Digest.of(large), false);

                WriteResult result =
                        fixture.write(new HostWrite("f", file("old"), target, HostContent.of(large), 0, 0, null));

                assertThat(result)
                        .isInstanceOfSatisfying(
                                Failed.class, f -> assertThat(f.code()).isEqualTo(Code.NO_SPACE));
                assertThat(fixture.text("f")).isEqualTo("old");
                assertThat(leftovers()).isEmpty();
                assertThat(fixture.write(writing("f", file("old"), "new"))).isInstanceOf(Applied.class);
                fixture.close();
                assertThat(disk.path()).isEqualTo(fixture.root);
            }
        }

        @Test
        void refusesContentThatIsNotWhatItsDigestSays() throws Exception {
            fixture.put("f", "old");
            fixture.open();

            WriteResult result = fixture.write(new HostWrite(
                    "f",
                    file("old"),
                    file("new"),
                    HostContent.of("forged".getBytes(StandardCharsets.UTF_8)),
                    0,
                    0,
                    null));

            assertThat(result).isInstanceOf(Failed.class);
            assertThat(fixture.text("f")).isEqualTo("old");
        }

        @Test
        @DisplayName("rule 6: what a crash left beside its place is kept, then cleared away")
        void recoversWhatACrashLeft() throws Exception {
            String name = TemporaryName.PREFIX + "999999999-7-f.txt";
            fixture.put("d/" + name, "the only copy");
            fixture.open();

            assertThat(fixture.kept).singleElement().satisfies(kept -> {
                assertThat(kept.path()).isEqualTo("d/f.txt");
                assertThat(kept.content()).isEqualTo("the only copy");
                assertThat(kept.reason()).isEqualTo(Keeper.Reason.RACED);
            });
            assertThat(fixture.root.resolve("d")).isEmptyDirectory();
        }

        @Test
        @DisplayName("rule 4: a reader sees the old or the new content, whole, at any instant")
        void readersSeeWholeFiles() throws Exception {
            String one = "1".repeat(100_000);
            String two = "2".repeat(150_000);
            Path file = fixture.put("f", one);
            fixture.open();
            AtomicBoolean done = new AtomicBoolean();
            var reading = java.util.concurrent.CompletableFuture.supplyAsync(() -> {
                int torn = 0;
                while (!done.get()) {
                    try {
                        String text = Files.readString(file);
                        torn += text.equals(one) || text.equals(two) ? 0 : 1;
                    } catch (IOException e) {
                        torn++;
                    }
                }
                return torn;
            });

            for (int i = 0; i < 100; i++) {
                assertThat(fixture.write(writing("f", file(one), two))).isInstanceOf(Applied.class);
                assertThat(fixture.write(writing("f", file(two), one))).isInstanceOf(Applied.class);
            }
            done.set(true);

            assertThat(TreeFixture.await(reading)).isZero();
        }
    }
}
