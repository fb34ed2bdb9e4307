package dev.devshell.sync;

import static dev.devshell.sync.RealPair.tree;
import static dev.devshell.sync.RealPair.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.devshell.DevshellException;
import dev.devshell.sync.history.Retention;
import dev.devshell.sync.history.SmallDisk;
import dev.devshell.sync.host.HostChange;
import dev.devshell.sync.host.HostListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What machines do to a sync, each for real: the kernel's limits, full disks, processes that stand still, times that go backwards. */
class FaultTests {
    @TempDir
    Path directory;

    private RealPair pair;

    @BeforeEach
    void open() throws IOException {
        pair = new RealPair(directory);
    }

    @AfterEach
    void close() {
        pair.close();
    }

    @Test
    @DisplayName(
            "rules 2 and 6: an agent that stands still while its stream stays open is given up, and another one goes on")
    void givesUpAnAgentThatStandsStill() throws Exception {
        write(pair.host, "a", "before");
        pair.attach();

        pair.agent.freeze();
        write(pair.host, "a", "from the host");
        write(pair.container, "b", "from the container");
        pair.sync.flush(Duration.ofSeconds(30));

        assertThat(tree(pair.container))
                .isEqualTo(tree(pair.host))
                .isEqualTo(Map.of("a", "from the host", "b", "from the container"));
    }

    @ParameterizedTest(name = "host {0}, only what changed of a large file {1}")
    @CsvSource({"true, false", "true, true", "false, false", "false, true"})
    @DisplayName(
            "rule 1: a disk that is full in the middle of a batch or of a large file loses nothing, on either side")
    void survivesAFullDisk(boolean onHost, boolean large) throws Exception {
        Path full = pair.side(onHost);
        Path other = pair.side(!onHost);
        try (SmallDisk disk = SmallDisk.mount(full, "8m")) {
            Map<String, String> before = files(large, "old");
            for (Map.Entry<String, String> file : before.entrySet()) {
                write(pair.host, file.getKey(), file.getValue());
            }
            pair.attach();
            pair.flush();
            Path filler = disk.path().resolve("filler~");
            disk.fill(filler);

            Map<String, String> after = files(large, "new");
            for (Map.Entry<String, String> file : after.entrySet()) {
                write(other, file.getKey(), file.getValue());
            }
            assertThatThrownBy(() -> pair.sync.flush(Duration.ofSeconds(3)))
                    .isInstanceOfSatisfying(
                            DevshellException.Failed.class,
                            e -> assertThat(e.why()).containsIgnoringCase("no space"));
            for (String path : before.keySet()) {
                assertThat(Files.readString(full.resolve(path))).isIn(before.get(path), after.get(path));
            }

            Files.delete(filler);
            pair.flush();
            // what the agent set aside beside it goes a moment later
            await().ignoreExceptions()
                    .untilAsserted(
                            () -> assertThat(tree(full)).isEqualTo(tree(other)).isEqualTo(after));
            assertThat(pair.sync.history(Optional.empty(), 100)).hasSize(before.size());
        }
    }

    /** Forty small files, or a large one of which a version differs from the other in its first bytes. */
    private static Map<String, String> files(boolean large, String version) {
        if (large) {
            byte[] content = new byte[2 << 20];
            new Random(1).nextBytes(content);
            return Map.of("large", version + new String(content, StandardCharsets.ISO_8859_1).replace('\r', ' '));
        }
        Map<String, String> files = new java.util.HashMap<>();
        for (int i = 0; i < 40; i++) {
            files.put("f" + i, (version + i).repeat(5_000));
        }
        return files;
    }

    @Test
    @DisplayName(
            "rules 2, 7 and 8: when the kernel's queues of events overflow, both sides are looked at again, and say so")
    void looksAgainAfterTheKernelLostEvents() throws Exception {
        Queue<String> rescans = new ConcurrentLinkedQueue<>();
        pair.sync.close();
        Surroundings surroundings = new Surroundings() {
            @Override
            public HostListener listener(Path context) {
                return new Rescans(rescans);
            }
        };
        pair.sync = ProjectSync.open(pair.base.resolve("state"), surroundings, Retention.DEFAULT);
        write(pair.host, "gone", "before");
        // what is watched from here on has short queues; they are as long again for everybody else at once
        try (KernelLimit queue = KernelLimit.lower("fs/inotify/max_queued_events", 4)) {
            assertThat(Integer.parseInt(queue.before())).isGreaterThan(4);
            pair.attach();
        }

        for (int i = 0; i < 500; i++) {
            write(pair.host, "host/d" + i % 5 + "/f" + i, "host " + i);
            write(pair.container, "container/d" + i % 5 + "/f" + i, "container " + i);
        }
        Files.delete(pair.host.resolve("gone"));
        pair.sync.flush(Duration.ofSeconds(60));

        assertThat(tree(pair.container)).isEqualTo(tree(pair.host)).hasSize(1_012);
        assertThat(rescans).contains("events were lost");
        assertThat(pair.sync.status().problems())
                .anyMatch(problem -> problem.message().contains("more changed at once than the kernel's queue holds"));
    }

    private record Rescans(Queue<String> told) implements HostListener {
        @Override
        public void changed(List<HostChange> changes) {}

        @Override
        public void rescanned(String why) {
            told.add(why);
        }
    }

    @Test
    @DisplayName(
            "rules 2 and 7: where a container has no watches left, it says how to get more, and the rest is polled")
    void pollsInAContainerWithoutWatches() throws Exception {
        for (int i = 0; i < 30; i++) {
            write(pair.host, "d" + i + "/f", "before");
        }
        // the limit is of a user namespace, so nobody else meets it
        pair.agent.starter = List.of(
                "unshare",
                "--user",
                "--map-root-user",
                "sh",
                "-c",
                "echo 12 > /proc/sys/user/max_inotify_watches; exec \"$@\"",
                "sh");
        pair.attach();

        for (int i = 0; i < 30; i++) {
            write(pair.container, "d" + i + "/f", "edited in " + i);
            write(pair.host, "d" + i + "/h", "made for " + i);
        }

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(tree(pair.container))
                        .isEqualTo(tree(pair.host))
                        .containsEntry("d29/f", "edited in 29")
                        .containsEntry("d0/f", "edited in 0"));
        assertThat(pair.sync.status().problems())
                .anyMatch(problem -> problem.message().contains("sysctl fs.inotify.max_user_watches=1048576"));
        assertThat(pair.sync.status().watches().limit())
                .hasToString(Files.readAllLines(Path.of("/proc/sys/fs/inotify/max_user_watches"))
                        .get(0));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("rule 2: edits are seen by what they are, though their size and time are the same, or earlier")
    void seesEditsWhoseTimesDoNotGoForward(boolean onHost) throws Exception {
        Path side = pair.side(onHost);
        write(pair.host, "f", "0000");
        pair.attach();
        pair.flush();
        Path file = side.resolve("f");
        for (int i = 1; i <= 40; i++) {
            write(side, "f", "%04d".formatted(i));
            Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L - i / 2));
            if (i % 4 != 0) {
                pair.flush();
                assertThat(pair.side(!onHost).resolve("f")).hasContent("%04d".formatted(i));
            }
        }
        pair.flush();
        pair.sync.close();
        FileTime time = Files.getLastModifiedTime(file);
        write(side, "f", "away");
        Files.setLastModifiedTime(file, time);

        pair.restart();
        pair.flush();

        assertThat(pair.side(!onHost).resolve("f")).hasContent("away");
    }
}
