package dev.devshell.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.devshell.sync.core.Digest;
import dev.devshell.sync.plan.HostPath;
import dev.devshell.sync.plan.Policy;
import dev.devshell.sync.plan.Root;
import dev.devshell.sync.plan.SyncPlan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Edits inside a large file, with the real agent on a stream that counts. */
class LargeFileTests {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int SIZE = (8 << 20) + 4_711;
    private static final long LITTLE = 700_000;

    @TempDir
    Path directory;

    private final AtomicLong up = new AtomicLong();
    private final AtomicLong down = new AtomicLong();
    private Path host;
    private Path container;
    private ProjectSync sync;

    @BeforeEach
    void attach() throws Exception {
        Path real = directory.toRealPath();
        host = Files.createDirectory(real.resolve("host"));
        container = Files.createDirectory(real.resolve("container"));
        LocalAgent agent = new LocalAgent(real.resolve("agent"));
        sync = ProjectSync.open(real.resolve("state"));
        Files.write(host.resolve("large"), random(1, SIZE));
        Root root = new Root(
                container.toString(),
                true,
                new HostPath(host, ""),
                Root.Flow.BOTH,
                List.of(),
                List.of(),
                "",
                -1,
                "Dockerfile:1 COPY . .");
        SyncPlan plan = new SyncPlan(List.of(root), List.of(), Policy.HOST, List.of());
        sync.attach("web", 1, "c1", plan, () -> new Counted(agent.start(), up, down))
                .get(20, TimeUnit.SECONDS);
        assertThat(up.get()).isGreaterThan(SIZE);
        count();
    }

    @AfterEach
    void close() {
        sync.close();
    }

    /** Flushes, and begins to count anew. */
    private void count() {
        up.set(0);
        down.set(0);
    }

    private static byte[] random(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static void overwrite(Path file, int at, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), at);
        }
    }

    private void equal() throws IOException {
        assertThat(Files.mismatch(host.resolve("large"), container.resolve("large")))
                .isEqualTo(-1);
    }

    @Test
    @DisplayName(
            "rules 1 and 7: of a large file that is edited on the host only what changed crosses, the old version included")
    void sendsWhatChangedToTheContainer() throws Exception {
        byte[] old = Files.readAllBytes(host.resolve("large"));
        overwrite(host.resolve("large"), 3 << 20, random(2, 1_000));
        sync.flush(SOON);

        equal();
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(sync.history(Optional.empty(), 10)).hasSize(1));
        assertThat(up).hasValueLessThan(LITTLE);
        assertThat(down).hasValueLessThan(LITTLE);

        String first = sync.history(Optional.empty(), 10).get(0).id();
        overwrite(host.resolve("large"), SIZE - 10, random(3, 5_000));
        sync.flush(SOON);
        equal();
        assertThat(up).hasValueLessThan(2 * LITTLE);

        sync.undo(Optional.of(first));
        sync.flush(SOON);
        assertThat(Digest.of(Files.readAllBytes(host.resolve("large")))).isEqualTo(Digest.of(old));
        equal();
    }

    @Test
    @DisplayName("rules 1 and 7: of a large file that is edited in the container only what changed crosses")
    void fetchesWhatChangedFromTheContainer() throws Exception {
        byte[] old = Files.readAllBytes(host.resolve("large"));
        overwrite(container.resolve("large"), 5 << 20, random(2, 1_000));
        sync.flush(SOON);

        equal();
        assertThat(Files.readAllBytes(host.resolve("large"))).isNotEqualTo(old);
        assertThat(up).hasValueLessThan(LITTLE);
        assertThat(down).hasValueLessThan(LITTLE);
        sync.undo(Optional.empty());
        sync.flush(SOON);
        assertThat(Files.readAllBytes(container.resolve("large"))).isEqualTo(old);
        assertThat(up).hasValueLessThan(2 * LITTLE);
    }

    @Test
    void findsAgainWhatAnInsertionShifted() throws Exception {
        byte[] old = Files.readAllBytes(host.resolve("large"));
        Path beside = host.resolveSibling("beside");
        Files.write(beside, random(4, 333));
        Files.write(beside, old, StandardOpenOption.APPEND);
        Files.move(beside, host.resolve("large"), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        sync.flush(SOON);

        equal();
        assertThat(up).hasValueLessThan(LITTLE);
        assertThat(down).hasValueLessThan(LITTLE);
    }

    @Test
    @DisplayName("rule 1: a displaced version comes whole when the host's file is another one by the time it arrives")
    void keepsADisplacedVersionWhoseBaseIsGone() throws Exception {
        byte[] old = Files.readAllBytes(host.resolve("large"));
        for (int i = 0; i < 5; i++) {
            overwrite(host.resolve("large"), i << 20, random(10 + i, 1_000));
            sync.flush(SOON);
        }
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(sync.history(Optional.empty(), 10)).hasSize(5));
        equal();
        String oldest = sync.history(Optional.empty(), 10).stream()
                .map(dev.devshell.Sync.Version::id)
                .filter(id -> undoes(id, old))
                .findFirst()
                .orElseThrow();
        assertThat(oldest).isNotEmpty();
    }

    private boolean undoes(String id, byte[] content) {
        try {
            sync.undo(Optional.of(id));
            return java.util.Arrays.equals(Files.readAllBytes(host.resolve("large")), content);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private record Counted(AgentStream stream, AtomicLong up, AtomicLong down) implements AgentStream {
        @Override
        public int read(ByteBuffer into) throws IOException {
            int length = stream.read(into);
            down.addAndGet(Math.max(0, length));
            return length;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            up.addAndGet(bytes.remaining());
            stream.write(bytes);
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
