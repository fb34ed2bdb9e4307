package dev.devshell.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.devshell.DevshellException;
import dev.devshell.ignore.IgnoreRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths and what may stand at them, carried by the real agent, both ways. */
class PathTests {
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

    /** Runs a script whose bytes are these, for what Java cannot say: names that are no text, paths that are too long, special files. */
    private static void shell(Path in, byte[] script) throws Exception {
        Path file = Files.write(Files.createTempFile("devshell", ".sh"), script);
        Process process = new ProcessBuilder("bash", "-e", file.toString())
                .directory(in.toFile())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        Files.delete(file);
    }

    private static void shell(Path in, String script) throws Exception {
        shell(in, script.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void assertEqualSides() throws IOException {
        assertThat(RealPair.tree(pair.container)).isEqualTo(RealPair.tree(pair.host));
    }

    private void flushReleasing() {
        try {
            pair.flush();
        } catch (DevshellException e) {
            assertThat(e.code()).isEqualTo("DELETIONS-HELD");
            pair.sync.release();
            flushReleasing();
        }
    }

    private List<String> problems() {
        return pair.sync.status().problems().stream()
                .map(problem -> problem.path() + ": " + problem.message())
                .toList();
    }

    @Nested
    @DisplayName("Names")
    class Names {
        static Stream<String> names() {
            return Stream.of(
                    "new\nline",
                    "\n",
                    "a\ttab",
                    "'single' \"double\" `back`",
                    "back\\slash",
                    "$(rm -rf x) ; & | > <",
                    "-rf",
                    " leading and trailing ",
                    "* ? [a] {b} !c",
                    "# no comment",
                    "🦆🦆🦆",
                    "\u4e2d\u6587",
                    "e\u0301 beside \u00e9",
                    "\u0001\u007f",
                    "\ufeffmark",
                    "x".repeat(255),
                    "\u00e9".repeat(127) + "x",
                    "🦆".repeat(63) + "abc",
                    "...",
                    "CON",
                    "a:b");
        }

        @ParameterizedTest
        @MethodSource("names")
        @DisplayName("a name is any text of up to 255 bytes: created, edited, moved and deleted, in either direction")
        void travel(String name) throws Exception {
            pair.attach();
            for (boolean fromHost : new boolean[] {true, false}) {
                Path here = pair.side(fromHost);
                Path there = pair.side(!fromHost);

                RealPair.write(here, name, "file");
                RealPair.write(here, "d/" + name + "/" + name, "in a directory");
                Files.createSymbolicLink(here.resolve("link"), Path.of(name));
                pair.flush();
                assertEqualSides();
                assertThat(there.resolve(name)).hasContent("file");

                RealPair.write(there, name, "edited");
                pair.flush();
                assertThat(here.resolve(name)).hasContent("edited");

                Files.move(here.resolve("d"), here.resolve("e"));
                Files.delete(here.resolve(name));
                pair.flush();
                assertEqualSides();
                assertThat(there.resolve("e").resolve(name).resolve(name)).hasContent("in a directory");

                shell(here, "rm -rf e link");
                pair.flush();
                assertThat(there).isEmptyDirectory();
            }
            assertThat(problems()).isEmpty();
        }

        @Test
        @DisplayName("composed and decomposed forms are two names where the file system holds them apart")
        void formsAreTwoNames() throws Exception {
            pair.attach();
            RealPair.write(pair.host, "\u00e9", "composed");
            RealPair.write(pair.container, "e\u0301", "decomposed");
            pair.flush();

            assertEqualSides();
            assertThat(RealPair.tree(pair.host)).hasSize(2);
        }

        @ParameterizedTest(name = "on the host: {0}")
        @ValueSource(booleans = {true, false})
        @DisplayName(
                "a name that is not UTF-8 is listed, whether it was there or comes, as long as it is there, and its neighbours go on")
        void thatAreNotUtf8AreListed(boolean onHost) throws Exception {
            Path here = pair.side(onHost);
            shell(here, "printf x > $'before\\xff'; mkdir $'dir\\xfe'; printf x > $'dir\\xfe/inside'");
            RealPair.write(pair.host, "before", "x");
            pair.attach();
            shell(here, "printf x > $'after\\xff'; ln -s $'to\\xff' link; printf x > neighbour");
            pair.flush();

            Path there = pair.side(!onHost);
            assertThat(there.resolve("neighbour")).hasContent("x");
            assertThat(there.resolve("before")).hasContent("x");
            await().untilAsserted(() -> assertThat(problems())
                    .anyMatch(problem -> problem.contains("before\ufffd") && problem.contains("UTF-8"))
                    .anyMatch(problem -> problem.contains("dir\ufffd") && problem.contains("UTF-8"))
                    .anyMatch(problem -> problem.contains("after\ufffd") && problem.contains("UTF-8"))
                    .anyMatch(problem -> problem.contains("/link") && problem.contains("UTF-8")));
            try (Stream<Path> list = Files.list(there)) {
                assertThat(list.map(path -> path.getFileName().toString()))
                        .containsExactlyInAnyOrder("before", "neighbour");
            }

            shell(here, "rm -r $'before\\xff' $'dir\\xfe' link; mv $'after\\xff' after");
            pair.flush();

            await().untilAsserted(() -> assertThat(problems()).isEmpty());
            assertThat(there.resolve("after")).hasContent("x");
        }
    }

    @Nested
    @DisplayName("Lengths")
    class Lengths {
        /** A relative path that makes the path of a side have this many bytes. */
        private String filling(Path side, int bytes) {
            StringBuilder path = new StringBuilder();
            int left = bytes - side.toString().length() - 1;
            while (left > 0) {
                int name = left > 201 ? (left == 201 ? 199 : 200) : left;
                path.append(path.isEmpty() ? "" : "/").append("x".repeat(name));
                left -= name + 1;
            }
            return path.toString();
        }

        @Test
        @DisplayName("a path of PATH_MAX in the container travels both ways")
        void upToPathMax() throws Exception {
            pair.attach();
            String path = filling(pair.container, 4095);
            RealPair.write(pair.host, path, "host");
            pair.flush();
            assertThat(pair.container.resolve(path)).hasContent("host");

            RealPair.write(pair.container, path, "container");
            pair.flush();
            assertThat(pair.host.resolve(path)).hasContent("container");
        }

        @Test
        @DisplayName("a path that is longer in the container than paths can be is listed, and its neighbours go on")
        void beyondPathMaxInTheContainer() throws Exception {
            pair.attach();
            String path = filling(pair.host, 4094);
            RealPair.write(pair.host, path, "too long there");
            RealPair.write(pair.host, "neighbour", "x");
            await().untilAsserted(() ->
                    assertThat(pair.container.resolve("neighbour")).hasContent("x"));
            pair.flush();

            assertThat(problems()).anyMatch(problem -> problem.contains("4095 bytes"));
            RealPair.write(pair.container, "neighbour", "y");
            pair.flush();
            assertThat(pair.host.resolve("neighbour")).hasContent("y");
        }

        @ParameterizedTest(name = "on the host: {0}")
        @ValueSource(booleans = {true, false})
        @DisplayName(
                "what lies deeper than any path reaches is listed, whether it was there or comes, and its neighbours go on")
        void beyondPathMax(boolean onHost) throws Exception {
            Path here = pair.side(onHost);
            String deep = "for i in $(seq 30); do mkdir " + "y".repeat(200) + "; cd " + "y".repeat(200)
                    + "; done; printf x > deep";
            shell(Files.createDirectory(here.resolve("before")), deep);
            RealPair.write(pair.host, "mine", "x");
            pair.attach();
            shell(Files.createDirectory(here.resolve("after")), deep);
            RealPair.write(here, "neighbour", "x");
            pair.flush();

            Path there = pair.side(!onHost);
            assertThat(there.resolve("neighbour")).hasContent("x");
            assertThat(there.resolve("mine")).hasContent("x");
            assertThat(there.resolve("after/" + "y".repeat(200) + "/" + "y".repeat(200)))
                    .isDirectory();
            await().untilAsserted(() -> assertThat(problems()).isNotEmpty());
            shell(here, "rm -rf before after");
            flushReleasing();
            assertThat(there.resolve("after")).doesNotExist();
        }
    }

    @Nested
    @DisplayName("Special files")
    class Specials {
        private static final String MAKE =
                "mkfifo fifo; mknod device c 1 3; python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind(\"socket\")'";

        @ParameterizedTest(name = "on the host: {0}")
        @ValueSource(booleans = {true, false})
        @DisplayName("stay where they are, are listed, are never opened, and their neighbours go on")
        void stay(boolean onHost) throws Exception {
            Path here = pair.side(onHost);
            Path there = pair.side(!onHost);
            RealPair.write(pair.host, "replaced", "x");
            pair.attach();
            shell(here, MAKE + "; mkfifo ../ready; mv -f ../ready replaced; mkdir d; mkfifo d/fifo; printf x > d/f");
            pair.flush();

            assertThat(RealPair.tree(there)).isEqualTo(Map.of("replaced", "x", "d", "/", "d/f", "x"));
            assertThat(problems())
                    .anyMatch(problem -> problem.contains("/fifo: "))
                    .anyMatch(problem -> problem.contains("/socket: "))
                    .anyMatch(problem -> problem.contains("/device: "))
                    .anyMatch(problem -> problem.contains("/replaced: "));
            shell(here, "rm replaced; printf y > replaced; rm fifo; printf y > fifo");
            pair.flush();
            assertThat(there.resolve("replaced")).hasContent("y");
            assertThat(there.resolve("fifo")).hasContent("y");
        }

        @ParameterizedTest(name = "on the host: {0}")
        @ValueSource(booleans = {true, false})
        @DisplayName("an edit does not replace a special file on the other side")
        void areNotReplaced(boolean onHost) throws Exception {
            Path here = pair.side(onHost);
            shell(here, "mkfifo f");
            pair.attach();
            RealPair.write(pair.side(!onHost), "f", "x");
            pair.flush();

            assertThat(Files.readAttributes(here.resolve("f"), java.nio.file.attribute.BasicFileAttributes.class)
                            .isOther())
                    .isTrue();
            assertThat(problems()).anyMatch(problem -> problem.contains("/f: "));
        }
    }

    @Nested
    @DisplayName("Links")
    class Links {
        @ParameterizedTest(name = "from the host: {0}")
        @CsvSource({"true", "false"})
        void inTheTreeTravelAsLinks(boolean fromHost) throws Exception {
            RealPair.write(pair.host, "d/f", "x");
            pair.attach();
            Path here = pair.side(fromHost);
            Files.createSymbolicLink(here.resolve("good"), Path.of("d/f"));
            Files.createSymbolicLink(here.resolve("broken"), Path.of("nowhere"));
            Files.createSymbolicLink(here.resolve("d/up"), Path.of("../d"));
            Files.createSymbolicLink(here.resolve("self"), Path.of("self"));
            pair.flush();
            assertEqualSides();

            Files.delete(here.resolve("good"));
            Files.createSymbolicLink(here.resolve("good"), Path.of("d"));
            Files.delete(here.resolve("broken"));
            RealPair.write(here, "broken", "a file now");
            pair.flush();
            assertEqualSides();
        }

        @Test
        void ofTheHostTravelWhereverTheyLead() throws Exception {
            pair.attach();
            Files.createSymbolicLink(pair.host.resolve("absolute"), Path.of("/etc/hostname"));
            Files.createSymbolicLink(pair.host.resolve("out"), Path.of("../outside"));
            pair.flush();

            assertEqualSides();
            Files.delete(pair.container.resolve("out"));
            pair.flush();
            assertEqualSides();
            assertThat(problems()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"/data", "../data", "a/../../data"})
        @DisplayName(
                "rule 3: a link from the container that is absolute or leaves is refused, listed, and takes nothing from the host")
        void thatLeaveAreRefusedAndTakeNothingWithThem(String target) throws Exception {
            RealPair.write(pair.host, "uploads/one", "1");
            RealPair.write(pair.host, "uploads/deep/two", "2");
            RealPair.write(pair.host, "file", "3");
            pair.attach();
            pair.sync.close();
            shell(
                    pair.container,
                    "mv uploads ../data; ln -s " + target + " uploads; ln -sf " + target + " file; ln -s " + target
                            + " new");
            pair.restart();
            pair.flush();

            assertThat(RealPair.tree(pair.host))
                    .isEqualTo(Map.of(
                            "uploads",
                            "/",
                            "uploads/one",
                            "1",
                            "uploads/deep",
                            "/",
                            "uploads/deep/two",
                            "2",
                            "file",
                            "3"));
            for (String path : List.of("uploads", "file", "new")) {
                assertThat(problems())
                        .anyMatch(problem -> problem.startsWith(pair.container.resolve(path) + ": ")
                                && problem.contains("leaves")
                                && problem.contains(target));
                assertThat(pair.container.resolve(path)).isSymbolicLink();
            }
            RealPair.write(pair.host, "uploads/one", "edited");
            pair.flush();
            assertThat(pair.base.resolve("data/one")).hasContent("1");

            shell(pair.container, "rm uploads file new; mv ../data uploads; printf 4 > file");
            pair.flush();
            assertEqualSides();
            assertThat(pair.container.resolve("uploads/one")).hasContent("edited");
            assertThat(pair.host.resolve("file")).hasContent("4");
            assertThat(problems()).isEmpty();
        }

        @Test
        @DisplayName(
                "a directory of the image that is a link where the host has a directory becomes one, and nothing is written through it")
        void ofTheImageGiveWayToTheHostsDirectory() throws Exception {
            Files.createDirectory(pair.base.resolve("elsewhere"));
            Files.createSymbolicLink(pair.container.resolve("d"), pair.base.resolve("elsewhere"));
            RealPair.write(pair.host, "d/f", "x");
            pair.attach();
            RealPair.write(pair.host, "d/g", "x");
            pair.flush();

            assertThat(pair.base.resolve("elsewhere")).isEmptyDirectory();
            assertEqualSides();
        }

        @Test
        @DisplayName("a mapped directory behind a link in the container is written through it, as COPY does")
        void inTheRootsPathAreFollowed() throws Exception {
            Files.delete(pair.container);
            Files.createDirectory(pair.base.resolve("real"));
            Files.createSymbolicLink(pair.container, Path.of("real"));
            pair.attach();
            RealPair.write(pair.host, "f", "host");
            RealPair.write(pair.base.resolve("real"), "g", "container");
            pair.flush();

            assertThat(pair.base.resolve("real/f")).hasContent("host");
            assertThat(pair.host.resolve("g")).hasContent("container");
        }
    }

    @Nested
    @DisplayName("Roots")
    class Roots {
        @Test
        @DisplayName("a host root that is moved away deletes nothing, and when it is back what changed in it travels")
        void ofTheHostMayGoAndComeBack() throws Exception {
            RealPair.write(pair.host, "d/f", "1");
            pair.attach();
            Files.move(pair.host, pair.base.resolve("away"));
            await().untilAsserted(() -> assertThat(problems()).isNotEmpty());
            assertThatThrownBy(() -> pair.sync.flush(Duration.ofSeconds(2))).isInstanceOf(DevshellException.class);
            assertThat(pair.container.resolve("d/f")).hasContent("1");

            RealPair.write(pair.base.resolve("away"), "d/f", "2");
            Files.move(pair.base.resolve("away"), pair.host);
            await().ignoreExceptions().untilAsserted(() -> {
                pair.sync.flush(Duration.ofSeconds(2));
                assertThat(pair.container.resolve("d/f")).hasContent("2");
            });
            RealPair.write(pair.container, "d/f", "3");
            pair.flush();
            assertThat(pair.host.resolve("d/f")).hasContent("3");
        }

        @Test
        @DisplayName(
                "a container's root that is moved away deletes nothing on the host, and when it is back what changed in it travels")
        void ofTheContainerMayGoAndComeBack() throws Exception {
            RealPair.write(pair.host, "d/f", "1");
            pair.attach();
            Files.move(pair.container, pair.base.resolve("away"));
            await().untilAsserted(() -> assertThat(pair.sync.status().notices()).isNotEmpty());
            assertThat(pair.host.resolve("d/f")).hasContent("1");

            RealPair.write(pair.base.resolve("away"), "d/f", "2");
            Files.move(pair.base.resolve("away"), pair.container);
            await().ignoreExceptions().untilAsserted(() -> {
                pair.sync.flush(Duration.ofSeconds(2));
                assertThat(pair.host.resolve("d/f")).hasContent("2");
            });
            RealPair.write(pair.host, "d/f", "3");
            pair.flush();
            assertThat(pair.container.resolve("d/f")).hasContent("3");
        }

        @ParameterizedTest(name = "on the host: {0}")
        @ValueSource(booleans = {true, false})
        @DisplayName(
                "directories that are replaced, again and again, while they are walked: what stands in the end is what travels")
        void replacedWhileTheyAreWalked(boolean onHost) throws Exception {
            pair.attach();
            Path here = pair.side(onHost);
            for (int round = 0; round < 15; round++) {
                for (int i = 0; i < 10; i++) {
                    RealPair.write(pair.base, "next/s" + i % 3 + "/f" + i, "round " + round);
                }
                // the sync may have put something in its place in between
                shell(here, "set +e; mv -T d ../old" + round + "; mv -T ../next d || rm -rf ../next; true");
                if (round % 5 == 4) {
                    shell(here, "set +e; rm -rf d; printf x > d; rm -rf d; mkdir -p d; ln -sfn nowhere d/s0; true");
                }
            }
            RealPair.write(here, "d/last", "x");
            flushReleasing();

            assertEqualSides();
            assertThat(pair.side(!onHost).resolve("d/last")).hasContent("x");
        }
    }

    @Nested
    @DisplayName("Saving")
    class Saving {
        static Stream<String> dances() {
            return Stream.of(
                    "touch 4913; rm 4913; mv f f~; printf new > f; rm f~",
                    "ln -s user@host.1 .#f; printf new > '#f#'; mv f f~; mv '#f#' f; rm -f .#f f~",
                    "printf new > f___jb_tmp___; mv f f___jb_old___; mv f___jb_tmp___ f; rm f___jb_old___",
                    "printf new > f",
                    "cp -p f f~; printf new > f; rm f~",
                    "printf new > .f.swp; cat .f.swp > f; rm .f.swp",
                    "printf broken > f; printf new > f");
        }

        @ParameterizedTest
        @MethodSource("dances")
        @DisplayName(
                "however an editor saves, either side: what it saved arrives, and no name that it used on the way ever does")
        void leavesNoTraceOfTheWay(String dance) throws Exception {
            RealPair.write(pair.host, "f", "old");
            pair.attach();
            for (boolean fromHost : new boolean[] {true, false}) {
                Path there = pair.side(!fromHost);
                try (WatchService watch = there.getFileSystem().newWatchService()) {
                    WatchKey key = there.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
                    RealPair.write(pair.side(fromHost), "f", "old");
                    pair.flush();

                    shell(pair.side(fromHost), dance);
                    pair.flush();

                    assertThat(RealPair.tree(there)).isEqualTo(Map.of("f", "new"));
                    RealPair.write(there, "last", "");
                    List<String> made = new ArrayList<>();
                    await().until(() -> {
                        key.pollEvents().forEach(event -> made.add(String.valueOf(event.context())));
                        return made.contains("last");
                    });
                    assertThat(made).allMatch(name -> name.matches("f|last|\\.devshell-.*"));
                    Files.delete(there.resolve("last"));
                    pair.flush();
                }
            }
        }
    }

    @Nested
    @DisplayName("Ignored")
    class IgnoredPaths {
        @Test
        @DisplayName("nested rules with ! hold for both ways")
        void nestedRulesWithExceptions() throws Exception {
            pair.ignore = List.of(IgnoreRules.docker("log\n!log/kept\nlog/kept/no\n**/*.tmp\n!d/yes.tmp\n"));
            pair.attach();
            for (boolean fromHost : new boolean[] {true, false}) {
                String side = fromHost ? "h" : "c";
                for (String path :
                        new String[] {"log/x", "log/kept/a", "log/kept/no/b", "d/no.tmp", "d/e/no.tmp", "d/f"}) {
                    RealPair.write(pair.side(fromHost), path + side, "x");
                }
                RealPair.write(pair.side(fromHost), "d/yes.tmp", side);
                RealPair.write(pair.side(fromHost), "log/kept/no/b", side);
                RealPair.write(pair.side(fromHost), "d/e/no.tmp", side);
                pair.flush();

                assertThat(RealPair.tree(pair.side(!fromHost)))
                        .containsEntry("log/kept/a" + side, "x")
                        .containsEntry("d/f" + side, "x")
                        .containsEntry("d/yes.tmp", side)
                        .doesNotContainKey("log/x" + side)
                        .containsEntry("d/e/no.tmp" + side, "x");
                if (fromHost) {
                    assertThat(pair.container.resolve("log/kept/no/b")).doesNotExist();
                    assertThat(pair.container.resolve("d/e/no.tmp")).doesNotExist();
                } else {
                    assertThat(pair.host.resolve("log/kept/no/b")).hasContent("h");
                    assertThat(pair.host.resolve("d/e/no.tmp")).hasContent("h");
                }
            }
        }

        @Test
        @DisplayName(
                "rules that change while the container lives: what is ignored now stays where it is, what is not any more travels")
        void rulesThatChange() throws Exception {
            RealPair.write(pair.host, "a/f", "1");
            RealPair.write(pair.host, "b/f", "1");
            pair.ignore = List.of(IgnoreRules.docker("a\n"));
            pair.attach();
            assertThat(pair.container.resolve("a")).doesNotExist();

            pair.ignore = List.of(IgnoreRules.docker("b\n"));
            pair.attach();
            RealPair.write(pair.host, "b/f", "2");
            RealPair.write(pair.container, "b/g", "2");
            Files.delete(pair.container.resolve("b/f"));
            pair.flush();

            assertThat(pair.container.resolve("a/f")).hasContent("1");
            assertThat(pair.host.resolve("b/f")).hasContent("2");
            assertThat(pair.host.resolve("b/g")).doesNotExist();
            assertThat(pair.container.resolve("b/f")).doesNotExist();
        }

        @Test
        @DisplayName("nothing at or below a mount of the container is touched, also on the host's wish")
        void mountsAreHoles() throws Exception {
            RealPair.write(pair.host, "node_modules/x/f", "host");
            RealPair.write(pair.host, "config", "host");
            RealPair.write(pair.container, "node_modules/y/f", "volume");
            RealPair.write(pair.container, "config", "mounted");
            pair.holes = List.of(
                    pair.container.resolve("node_modules").toString(),
                    pair.container.resolve("config").toString());
            pair.attach();
            RealPair.write(pair.host, "node_modules/x/f", "edited");
            RealPair.write(pair.container, "node_modules/y/f", "edited");
            shell(pair.host, "rm config");
            pair.flush();

            assertThat(RealPair.tree(pair.container.resolve("node_modules")))
                    .isEqualTo(Map.of("y", "/", "y/f", "edited"));
            assertThat(pair.container.resolve("config")).hasContent("mounted");
            assertThat(pair.host.resolve("node_modules/y")).doesNotExist();
        }
    }
}
