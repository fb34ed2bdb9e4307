package dev.devshell.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.devshell.ignore.IgnoreRules;
import dev.devshell.sync.core.Digest;
import dev.devshell.sync.core.Node;
import dev.devshell.sync.plan.HostPath;
import dev.devshell.sync.plan.Policy;
import dev.devshell.sync.plan.Root;
import dev.devshell.sync.plan.SyncPlan;
import dev.devshell.sync.wire.AgentMessage;
import dev.devshell.sync.wire.AgentMessage.AckStatus;
import dev.devshell.sync.wire.AgentMessage.Change;
import dev.devshell.sync.wire.AgentMessage.ProblemCode;
import dev.devshell.sync.wire.AgentMessage.ScanReason;
import dev.devshell.sync.wire.Bytes;
import dev.devshell.sync.wire.Content;
import dev.devshell.sync.wire.Entry;
import dev.devshell.sync.wire.HostMessage;
import dev.devshell.sync.wire.SliceEnd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An agent that says well-formed messages at random: whatever they are, the host keeps what is not the container's, and other replicas go on. */
@Timeout(60)
class SessionFuzzTests {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int MESSAGES = 400;
    private static final List<String> PATHS = List.of(
            "/app",
            "/app/a",
            "/app/a/b",
            "/app/a/b/c",
            "/app/d",
            "/app/d/e",
            "/app/.git",
            "/app/.git/hooks/x",
            "/app/ignored",
            "/app/mount/x",
            "/other",
            "/app/A",
            "/app/kept/mine");
    private static final List<String> TARGETS =
            List.of("a", "..", "../outside", "/etc", "d/../../outside", ".", "a/b/c");

    @TempDir
    Path directory;

    static LongStream seeds() {
        long first = Long.getLong("devshell.seed", System.nanoTime());
        return LongStream.range(first, first + Integer.getInteger("devshell.fuzz", 20_000) / 2_000);
    }

    @ParameterizedTest(name = "replay with -Ddevshell.seed={0}")
    @MethodSource("seeds")
    @DisplayName("rule 3: whatever well-formed messages an agent sends, it changes nothing but its root")
    void staysInItsLaneWhateverIsSaid(long seed) throws Exception {
        Path context =
                Files.createDirectories(directory.resolve("host/context")).toRealPath();
        Files.createDirectories(context.resolve(".git/hooks"));
        Files.createDirectories(directory.resolve("host/outside"));
        // What two replicas share, either may delete.
        Path other = Files.createDirectories(directory.resolve("host/other")).toRealPath();
        FakeAgent good = new FakeAgent();
        try (ProjectSync sync = ProjectSync.open(directory.resolve("state"))) {
            sync.attach("good", 1, "good", plan(other), good).get(10, TimeUnit.SECONDS);
            var unused = sync.attach("liar", 1, "liar", plan(context), new LyingAgent(babbling(new Random(seed))));
            Files.writeString(other.resolve("from-host"), "h");
            good.write("/app/from-good", "g");

            await().atMost(SOON).untilAsserted(() -> {
                assertThat(good.read("/app/from-host")).isEqualTo("h");
                assertThat(other.resolve("from-good")).hasContent("g");
            });
            assertThat(sync.status().replicas()).hasSize(2);
        }
        assertThat(directory.resolve("host/outside")).isEmptyDirectory();
        assertThat(context.resolve(".git/hooks")).isEmptyDirectory();
        assertThat(context.resolve("ignored")).doesNotExist();
        assertThat(context.resolve("mount")).doesNotExist();
        try (var beside = Files.list(directory.resolve("host"))) {
            assertThat(beside).hasSize(3);
        }
    }

    private static SyncPlan plan(Path context) {
        Root root = new Root(
                "/app",
                true,
                new HostPath(context, ""),
                Root.Flow.BOTH,
                List.of(IgnoreRules.docker("ignored\n"), IgnoreRules.EDITORS),
                List.of(),
                "",
                -1,
                "Dockerfile:1 COPY . /app");
        return new SyncPlan(List.of(root), List.of("/app/mount"), Policy.HOST, List.of(IgnoreRules.PROTECTED));
    }

    private static LyingAgent.Lie babbling(Random random) {
        List<Long> ids = new ArrayList<>(List.of(1L));
        return (message, mouth) -> {
            if (message instanceof HostMessage.Apply apply) {
                ids.add(apply.id());
            } else if (message instanceof HostMessage.Fetch fetch) {
                ids.add(fetch.id());
            }
            for (int i = message instanceof HostMessage.Plan ? MESSAGES : random.nextInt(3); i > 0; i--) {
                mouth.say(any(random, ids.get(random.nextInt(ids.size())), message));
            }
        };
    }

    private static AgentMessage any(Random random, long id, HostMessage asked) {
        return switch (random.nextInt(12)) {
            case 0 -> new AgentMessage.ScanBegin(one(random, ScanReason.values()));
            case 1 -> new AgentMessage.Scanned(List.of(present(random), present(random)));
            case 2, 3 -> new AgentMessage.ScanDone();
            case 4, 5, 6 -> new AgentMessage.Changed(List.of(change(random), change(random)));
            case 7 ->
                asked instanceof HostMessage.Apply apply
                        ? answer(random, apply)
                        : new AgentMessage.CookieSeen(random.nextInt(5));
            case 8 ->
                new AgentMessage.Slice(
                        id, one(random, SliceEnd.values()), Bytes.of(new byte[random.nextInt(Content.MAX_INLINE)]));
            case 9 -> new AgentMessage.Problem(path(random), one(random, ProblemCode.values()), "\u001b[31m");
            case 10 ->
                new AgentMessage.Displaced(Long.MIN_VALUE + random.nextInt(1 << 30), present(random), Content.none());
            default -> new AgentMessage.Heartbeat();
        };
    }

    private static AgentMessage.Ack answer(Random random, HostMessage.Apply apply) {
        String path = apply.target().path();
        Entry current = random.nextBoolean() ? apply.target() : Entry.absent(path);
        AckStatus status = one(random, AckStatus.values());
        return new AgentMessage.Ack(apply.id(), status, current, Entry.absent(path), Content.none(), "");
    }

    private static Change change(Random random) {
        if (random.nextInt(4) == 0) {
            return new Change(Entry.absent(path(random)), Content.none());
        }
        Entry entry = present(random);
        boolean inline = entry.node() instanceof Node.File && entry.size() == 1 && random.nextBoolean();
        return new Change(entry, inline ? new Content.Inline(Bytes.of(new byte[1])) : Content.none());
    }

    private static Entry present(Random random) {
        String path = path(random);
        return switch (random.nextInt(6)) {
            case 0, 1 -> Entry.directory(path, random.nextInt(010000));
            case 2 -> Entry.link(path, TARGETS.get(random.nextInt(TARGETS.size())));
            case 3 -> new Entry(path, Node.unreadable(), 0, 0, 0);
            default -> {
                int mode = random.nextInt(010000);
                Digest digest = Digest.of(random.nextBoolean() ? new byte[1] : "other".getBytes(UTF_8));
                yield new Entry(
                        path, new Node.File(digest, (mode & 0111) != 0), mode, random.nextInt(3), random.nextLong());
            }
        };
    }

    private static String path(Random random) {
        return PATHS.get(random.nextInt(PATHS.size()));
    }

    private static <T> T one(Random random, T[] values) {
        return List.of(values).get(random.nextInt(values.length));
    }
}
