package dev.devshell.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file is besides its content, carried by the real agent, both ways. Owners are given by root, so this runs as root. */
class MetadataTests {
    private static final int USER = 1234;
    private static final int GROUP = 567;

    @TempDir
    Path directory;

    private RealPair pair;

    @BeforeEach
    void open() throws Exception {
        pair = new RealPair(directory);
    }

    @AfterEach
    void close() {
        pair.close();
    }

    private static int mode(Path path) throws IOException {
        return attribute(path, "mode") & 07777;
    }

    private static int attribute(Path path, String name) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:" + name, LinkOption.NOFOLLOW_LINKS);
    }

    private static void chmod(Path path, int mode) throws IOException {
        Files.setAttribute(path, "unix:mode", mode);
    }

    private static void chown(Path path, int user, int group) throws IOException {
        Files.setAttribute(path, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
    }

    private static void assertOwner(Path path, int user, int group) throws IOException {
        assertThat(Files.readAttributes(path, "unix:uid,gid", LinkOption.NOFOLLOW_LINKS))
                .as("owner of " + path)
                .isEqualTo(Map.of("uid", user, "gid", group));
    }

    private void assertEqualSides() throws IOException {
        assertThat(RealPair.tree(pair.container)).isEqualTo(RealPair.tree(pair.host));
    }

    @Nested
    @DisplayName("Modes")
    class Modes {
        @ParameterizedTest(name = "from the host: {0}")
        @ValueSource(booleans = {true, false})
        void theExecutableBitTravelsAloneAndLeavesTheOtherBits(boolean fromHost) throws Exception {
            RealPair.write(pair.host, "f", "same");
            pair.attach();
            Path here = pair.side(fromHost).resolve("f");
            Path there = pair.side(!fromHost).resolve("f");
            chmod(there, 0640);
            pair.flush();

            chmod(here, 0755);
            pair.flush();
            assertThat(mode(there)).isEqualTo(0750);

            chmod(here, 0644);
            pair.flush();
            assertThat(mode(there)).isEqualTo(0640);
            assertThat(pair.sync.history(java.util.Optional.empty(), 10)).isEmpty();
        }

        @ParameterizedTest(name = "from the host: {0}")
        @ValueSource(booleans = {true, false})
        void aReplacedFileKeepsOwnerGroupAndOtherBits(boolean fromHost) throws Exception {
            RealPair.write(pair.host, "f", "old");
            pair.attach();
            Path there = pair.side(!fromHost).resolve("f");
            chown(there, USER, GROUP);
            chmod(there, 0660);
            pair.flush();

            RealPair.write(pair.side(fromHost), "f", "new");
            chmod(pair.side(fromHost).resolve("f"), 0755);
            pair.flush();

            assertThat(there).hasContent("new");
            assertOwner(there, USER, GROUP);
            assertThat(mode(there)).isEqualTo(0770);
        }

        /** What is executable is so for whoever may read it; the bits that say nothing of that stay as they are. */
        @ParameterizedTest(name = "{0} on the host, then {1} in the container")
        @CsvSource({
            "0644, 0644", "0600, 0600", "0640, 0640", "0444, 0444", "0400, 0400", "0755, 0755", "0700, 0700",
            "0654, 0755", "0645, 0755", "0200, 0200", "0311, 0311", "0000, 0000", "0666, 0666", "4755, 4755",
        })
        void anyModeTravels(String host, String container) throws Exception {
            pair.attach();
            for (boolean fromHost : new boolean[] {true, false}) {
                String name = fromHost ? "h" : "c";
                Path ready = RealPair.write(pair.base, name, "1");
                chmod(ready, Integer.parseInt(host, 8));
                Path here = Files.move(ready, pair.side(fromHost).resolve(name));
                pair.flush();
                Files.writeString(here, "2");
                pair.flush();

                Path there = pair.side(!fromHost).resolve(name);
                assertThat(there).hasContent("2");
                boolean executable = (mode(here) & 0111) != 0;
                assertThat((mode(there) & 0111) != 0).as("executable").isEqualTo(executable);
                if (fromHost) {
                    assertThat(Integer.toOctalString(mode(there)))
                            .isEqualTo(Integer.toOctalString(Integer.parseInt(container, 8)));
                }
                assertThat(pair.sync.status().problems()).isEmpty();
            }
        }

        @ParameterizedTest(name = "from the host: {0}")
        @ValueSource(booleans = {true, false})
        void readOnlyFilesAndWhatIsInReadOnlyDirectoriesIsReplacedAndDeleted(boolean fromHost) throws Exception {
            RealPair.write(pair.host, "d/f", "old");
            RealPair.write(pair.host, "d/g", "old");
            pair.attach();
            Path there = pair.side(!fromHost);
            chmod(there.resolve("d/f"), 0444);
            chmod(there.resolve("d"), 0555);
            pair.flush();

            RealPair.write(pair.side(fromHost), "d/f", "new");
            Files.delete(pair.side(fromHost).resolve("d/g"));
            RealPair.write(pair.side(fromHost), "d/h", "made");
            pair.flush();

            assertEqualSides();
            assertThat(mode(there.resolve("d/f"))).isEqualTo(0444);
            assertThat(mode(there.resolve("d"))).isEqualTo(0555);
        }
    }

    @Nested
    @DisplayName("Owners")
    class Owners {
        @ParameterizedTest(name = "--chown={0}")
        @CsvSource({"1234:567, 1234, 567", "1234, 1234, 1234", "root:567, 0, 567", "0:0, 0, 0"})
        void aNewPathInTheContainerTakesTheOwnerOfItsCopyLine(String owner, int user, int group) throws Exception {
            pair.owner = owner;
            chown(pair.container, 42, 43);
            chmod(pair.container, 02755);
            RealPair.write(pair.host, "before/f", "x");
            pair.attach();
            RealPair.write(pair.host, "d/e/f", "x");
            Files.createSymbolicLink(pair.host.resolve("d/l"), Path.of("e"));
            RealPair.write(pair.host, "large", "x".repeat(200_000));
            pair.flush();

            for (String path : new String[] {"before", "before/f", "d", "d/e", "d/e/f", "d/l", "large"}) {
                assertOwner(pair.container.resolve(path), user, group);
            }
        }

        @Test
        void aNewPathTakesTheModeOfItsCopyLineAndItsExecutableBitFromTheHost() throws Exception {
            pair.mode = 0640;
            pair.attach();
            RealPair.write(pair.host, "f", "x");
            chmod(RealPair.write(pair.base, "run", "x"), 0755);
            Files.move(pair.base.resolve("run"), pair.host.resolve("run"));
            pair.flush();

            assertThat(mode(pair.container.resolve("f"))).isEqualTo(0640);
            assertThat(mode(pair.container.resolve("run"))).isEqualTo(0750);
        }

        @ParameterizedTest(name = "from the host: {0}")
        @ValueSource(booleans = {true, false})
        @DisplayName(
                "a new path takes its directory's owner: code of root under another USER stays root's, and the user's stays the user's")
        void elseItTakesThatOfItsDirectory(boolean fromHost) throws Exception {
            RealPair.write(pair.host, "roots/old", "x");
            RealPair.write(pair.host, "users/old", "x");
            pair.attach();
            Path there = pair.side(!fromHost);
            chown(there.resolve("users"), USER, GROUP);

            for (String owner : new String[] {"roots", "users"}) {
                RealPair.write(pair.side(fromHost), owner + "/d/e/f", "x");
                Files.createSymbolicLink(pair.side(fromHost).resolve(owner + "/d/l"), Path.of("e"));
                RealPair.write(pair.side(fromHost), owner + "/d/large", "x".repeat(200_000));
            }
            pair.flush();

            for (String path : new String[] {"/d", "/d/e", "/d/e/f", "/d/l", "/d/large"}) {
                assertOwner(there.resolve("roots" + path), 0, 0);
                assertOwner(there.resolve("users" + path), USER, GROUP);
            }
        }

        @ParameterizedTest(name = "from the host: {0}")
        @ValueSource(booleans = {true, false})
        void whatIsMadeInASetgidDirectoryHasItsGroupAndItsDirectoriesAreSetgidToo(boolean fromHost) throws Exception {
            RealPair.write(pair.host, "shared/old", "x");
            pair.attach();
            Path there = pair.side(!fromHost).resolve("shared");
            chown(there, 0, GROUP);
            chmod(there, 02775);

            RealPair.write(pair.side(fromHost).resolve("shared"), "d/e/f", "x");
            RealPair.write(pair.side(fromHost).resolve("shared"), "old", "y");
            pair.flush();

            for (String path : new String[] {"d", "d/e", "d/e/f"}) {
                assertThat(attribute(there.resolve(path), "gid")).as(path).isEqualTo(GROUP);
            }
            assertThat(mode(there.resolve("d")) & 02000).isEqualTo(02000);
            assertThat(mode(there.resolve("d/e")) & 02000).isEqualTo(02000);
            assertThat(mode(there)).isEqualTo(02775);
        }
    }

    @Nested
    @DisplayName("Times")
    class Times {
        @ParameterizedTest(name = "from the host: {0}")
        @ValueSource(booleans = {true, false})
        void aNewFileHasTheTimeOfItsOrigin(boolean fromHost) throws Exception {
            pair.attach();
            FileTime old = FileTime.from(Instant.parse("2020-02-03T04:05:06.123456789Z"));
            Files.setLastModifiedTime(RealPair.write(pair.base, "f", "x"), old);
            Files.move(pair.base.resolve("f"), pair.side(fromHost).resolve("f"));
            pair.flush();

            assertThat(Files.getLastModifiedTime(pair.side(!fromHost).resolve("f")))
                    .isEqualTo(old);
        }

        @ParameterizedTest(name = "from the host: {0}")
        @ValueSource(booleans = {true, false})
        @DisplayName(
                "the time of a replaced file never goes backwards, whatever the other side's clock or a restored backup says")
        void aReplacedFilesTimeNeverGoesBackwards(boolean fromHost) throws Exception {
            RealPair.write(pair.host, "ahead", "old");
            RealPair.write(pair.host, "backup", "old");
            pair.attach();
            Path here = pair.side(fromHost);
            Path there = pair.side(!fromHost);
            FileTime future = FileTime.from(Instant.now().plus(Duration.ofHours(1)));
            Files.setLastModifiedTime(there.resolve("ahead"), future);
            FileTime before = Files.getLastModifiedTime(there.resolve("backup"));
            pair.flush();

            RealPair.write(here, "ahead", "new");
            Files.setLastModifiedTime(RealPair.write(pair.base, "b", "older"), FileTime.fromMillis(0));
            Files.move(pair.base.resolve("b"), here.resolve("backup"), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            pair.flush();

            assertEqualSides();
            assertThat(there.resolve("backup")).hasContent("older");
            assertThat(Files.getLastModifiedTime(there.resolve("ahead"))).isGreaterThan(future);
            assertThat(Files.getLastModifiedTime(there.resolve("backup"))).isGreaterThan(before);
        }
    }

    @Nested
    @DisplayName("Contents")
    class Contents {
        @ParameterizedTest(name = "from the host: {0}")
        @ValueSource(booleans = {true, false})
        void emptyAndEmptiedFilesTravel(boolean fromHost) throws Exception {
            RealPair.write(pair.host, "emptied", "full");
            RealPair.write(pair.host, "large", "x".repeat(300_000));
            pair.attach();
            RealPair.write(pair.side(fromHost), "empty", "");
            RealPair.write(pair.side(fromHost), "emptied", "");
            RealPair.write(pair.side(fromHost), "large", "");
            pair.flush();

            assertThat(RealPair.tree(pair.side(!fromHost))).isEqualTo(Map.of("empty", "", "emptied", "", "large", ""));
            RealPair.write(pair.side(fromHost), "empty", "no more");
            pair.flush();
            assertEqualSides();
        }

        @ParameterizedTest(name = "from the host: {0}")
        @ValueSource(booleans = {true, false})
        @DisplayName("a sparse file arrives with its content and size; its holes are zeros like any other")
        void sparseFilesTravel(boolean fromHost) throws Exception {
            pair.attach();
            Path here = pair.side(fromHost).resolve("sparse");
            try (FileChannel file = FileChannel.open(here, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                file.write(ByteBuffer.wrap("end".getBytes(java.nio.charset.StandardCharsets.UTF_8)), 8 << 20);
            }
            pair.flush();

            assertThat(Files.mismatch(here, pair.side(!fromHost).resolve("sparse")))
                    .isEqualTo(-1);
        }
    }
}
