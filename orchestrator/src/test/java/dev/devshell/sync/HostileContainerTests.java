package dev.devshell.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.devshell.SyncStatus;
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
import dev.devshell.sync.wire.Bytes;
import dev.devshell.sync.wire.Content;
import dev.devshell.sync.wire.Entry;
import dev.devshell.sync.wire.HostMessage;
import dev.devshell.sync.wire.SliceEnd;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A container whose agent lies. Whatever it says: nothing is written outside the root or into what is protected, the process
 * goes on and does not fill its memory, and the other service is synced as before. The lie ends its session with an error, or its path is
 * listed, or it has no effect.
 */
@Timeout(90)
class HostileContainerTests {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Digest DIGEST = Digest.of("x".getBytes(UTF_8));

    @TempDir
    Path directory;

    private Path context;
    private ProjectSync sync;
    private final FakeAgent good = new FakeAgent();

    /** What a lie leads to. */
    private enum End {
        /** The session is over, with an error that says why. */
        CLOSED,
        /** The path is listed as a problem, and the rest goes on. */
        LISTED,
        /** Nothing at all; what else the container says is taken. */
        IGNORED
    }

    /** One row: what is said once the scan is over, and what comes of it. */
    private record Row(String name, End end, String why, LyingAgent.Lie lie) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> lies() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String path :
                List.of("/app/../../outside/x", "/app/./x", "/app//x", "app/x", "/app/x/", "/app/x\0y", "..")) {
            rows.add(closed("a path that is not clean: " + path.replace('\0', '0'), "path", once(rawChange(path))));
        }
        rows.add(closed("a name of 300 bytes", "255 bytes", once(rawChange("/app/" + "n".repeat(300)))));
        rows.add(closed("a path of 5,000 bytes", "4095 bytes", once(rawChange("/app" + "/d".repeat(2_500)))));
        rows.add(ignored("a path outside every root", once(change("/etc/passwd"), change("/outside/x"))));
        rows.add(ignored("the root's own name as a prefix", once(change("/application/x"))));
        rows.add(ignored("a path in a mount", once(change("/app/mount/x"))));
        rows.add(ignored("an ignored path", once(change("/app/ignored"))));
        for (String path :
                List.of(".git/hooks/pre-commit", ".GIT/hooks/post-commit", "sub/.Git/config", ".envrc", ".Hg/hgrc")) {
            rows.add(ignored("a protected path: " + path, once(change("/app/" + path))));
        }
        rows.add(ignored("a protected name as a link", once(link("/app/.GIT", "sub"))));
        rows.add(listed("an absolute link", "/app/l", once(link("/app/l", "/etc"))));
        rows.add(listed("a link that leaves the root", "/app/l", once(link("/app/l", "../outside"))));
        rows.add(listed(
                "a link that leaves the root through another",
                "/app/l",
                once(link("/app/a", "sub"), link("/app/l", "a/../../outside"))));
        rows.add(ignored("a path through an absolute link", once(link("/app/l", "/etc"), change("/app/l/x"))));
        rows.add(ignored(
                "a path through a link that leaves the root", once(link("/app/l", "../outside"), change("/app/l/x"))));
        rows.add(ignored("a path through a link that it planted", once(link("/app/l", "sub"), change("/app/l/mine"))));
        rows.add(ignored("a link farm", linkFarm()));
        rows.add(ignored(
                "names that differ by case and by Unicode form",
                once(
                        change("/app/Readme"),
                        change("/app/README"),
                        change("/app/caf\u00e9"),
                        change("/app/cafe\u0301"))));
        rows.add(closed("content of another size than said", "", once(rawChange("/app/x", 7))));
        rows.add(listed("a fetched content longer than said", "/app/x", fetched(1 << 20, 40)));
        rows.add(listed("a fetched content shorter than said", "/app/x", fetched(1 << 20, 3)));
        rows.add(listed("a content that is another", "/app/x", fetched(65_536, 1)));
        rows.add(listed("a file that changes whenever it is read", "/app/x", givenUp()));
        rows.add(closed("a length of 4 GiB", "bytes", once(raw(0xff, 0xff, 0xff, 0xff, 1))));
        rows.add(closed("a length of 0", "bytes", once(raw(0, 0, 0, 0))));
        rows.add(closed(
                "garbage after a good handshake", "", once(raw("SSH-2.0-OpenSSH_9.2p1 Debian".getBytes(UTF_8)))));
        rows.add(closed("a type that is none", "", once(raw(0, 0, 0, 1, 0x55))));
        rows.add(closed("a list of 4 billion entries", "", once(raw(0, 0, 0, 5, 0x84, 0xff, 0xff, 0xff, 0xff))));
        rows.add(closed("a scan without an end", "more files than can be held", endlessScan()));
        rows.add(closed("changes without an end", "more files than can be held", endlessChanges()));
        rows.add(closed("displaced versions without an end", "displaced", endlessDisplaced()));
        rows.add(closed("a displaced version that comes twice", "twice", once(displaced(-7), displaced(-7))));
        rows.add(ignored("problems without an end", problems()));
        rows.add(ignored("slices that were never asked for", slices()));
        rows.add(ignored("answers to operations that are none", acks()));
        rows.add(closed("an answer about another path", "another path", answering("/etc/x", AckStatus.APPLIED)));
        rows.add(listed("a path that is never what it was", "/sub/mine", answering("", AckStatus.MISMATCH)));
        rows.add(ignored("a million files", scanOf(1_000_000)));
        rows.add(ignored("a flood of cookies", cookies()));
        rows.add(ignored(
                "a scan that nobody began",
                once(new AgentMessage.Scanned(List.of(entry("/app/ghost"))), new AgentMessage.ScanDone())));
        rows.add(ignored(
                "times from before and after the world",
                once(change("/app/old", 0644, Long.MIN_VALUE), change("/app/new", 0644, Long.MAX_VALUE))));
        rows.add(ignored("set-user-id bits", once(change("/app/suid", 06755, 1))));
        return rows.stream();
    }

    private static Row closed(String name, String why, LyingAgent.Lie lie) {
        return new Row(name, End.CLOSED, why, lie);
    }

    private static Row listed(String name, String path, LyingAgent.Lie lie) {
        return new Row(name, End.LISTED, path, lie);
    }

    private static Row ignored(String name, LyingAgent.Lie lie) {
        return new Row(name, End.IGNORED, "", lie);
    }

    @BeforeEach
    void open() throws IOException {
        context = Files.createDirectories(directory.resolve("host/context")).toRealPath();
        Files.createDirectories(directory.resolve("host/outside"));
        Files.writeString(directory.resolve("host/outside/x"), "not yours");
        Files.createDirectories(context.resolve(".git/hooks"));
        Files.createDirectories(context.resolve("sub"));
        Files.writeString(context.resolve("sub/mine"), "mine");
        sync = ProjectSync.open(directory.resolve("state"));
    }

    @AfterEach
    void close() {
        sync.close();
    }

    @ParameterizedTest
    @MethodSource("lies")
    @DisplayName("rule 3: what a hostile container says changes nothing but its own root, and ends nobody else's sync")
    void standsALie(Row row) throws Exception {
        LyingAgent liar = new LyingAgent(row.lie());
        sync.attach("good", 1, "good", plan(), good).get(10, TimeUnit.SECONDS);
        var unused = sync.attach("liar", 1, "liar", plan(), liar);

        switch (row.end()) {
            case CLOSED -> {
                await().atMost(SOON).until(() -> replica().state() == SyncStatus.State.FAILED);
                assertThat(replica().detail())
                        .contains("not to be trusted")
                        .contains(row.why())
                        .contains("recreate");
                assertThat(liar.starts()).isEqualTo(1);
            }
            case LISTED ->
                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(sync.status().problems())
                                .anySatisfy(problem ->
                                        assertThat(problem.toString()).contains(row.why())));
            case IGNORED -> {
                await().atMost(SOON).until(() -> Files.exists(context.resolve("the-last-word")));
                assertThat(replica().state()).isNotEqualTo(SyncStatus.State.FAILED);
            }
        }
        othersGoOn();
        nothingElseIsTouched();
    }

    private SyncStatus.Replica replica() {
        return sync.status().replicas().stream()
                .filter(replica -> replica.service().equals("liar"))
                .findFirst()
                .orElseThrow();
    }

    private SyncPlan plan() {
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

    private void othersGoOn() throws IOException {
        Files.writeString(context.resolve("from-host"), "h");
        good.write("/app/from-good", "g");
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(good.read("/app/from-host")).isEqualTo("h");
            assertThat(context.resolve("from-good")).hasContent("g");
        });
    }

    private void nothingElseIsTouched() throws IOException {
        Map<String, String> outside = new TreeMap<>();
        for (String folder : List.of("host", "host/outside")) {
            try (Stream<Path> list = Files.list(directory.resolve(folder))) {
                for (Path path : list.toList()) {
                    outside.put(
                            path.getFileName().toString(), Files.isRegularFile(path) ? Files.readString(path) : "/");
                }
            }
        }
        assertThat(outside).isEqualTo(Map.of("context", "/", "outside", "/", "x", "not yours"));
        assertThat(context.resolve(".git/hooks")).isEmptyDirectory();
        assertThat(context.resolve("sub/mine")).hasContent("mine");
        for (String name : List.of(".GIT", "sub/.Git", ".envrc", ".Hg", "ignored", "mount", "ghost")) {
            assertThat(Files.exists(context.resolve(name), LinkOption.NOFOLLOW_LINKS))
                    .as(name)
                    .isFalse();
        }
        Path suid = context.resolve("suid");
        assertThat(!Files.exists(suid) || ((int) Files.getAttribute(suid, "unix:mode") & 06000) == 0)
                .isTrue();
    }

    // --- what it says ---

    private static LyingAgent.Lie scanned(LyingAgent.Lie afterwards) {
        return (message, mouth) -> {
            if (message instanceof HostMessage.Plan) {
                mouth.say(
                        new AgentMessage.ScanBegin(AgentMessage.ScanReason.PLAN),
                        new AgentMessage.Scanned(
                                List.of(Entry.directory("/app", 0755), Entry.directory("/app/sub", 0755))),
                        new AgentMessage.ScanDone());
            } else if (message instanceof HostMessage.Apply apply) {
                mouth.say(new AgentMessage.Ack(
                        apply.id(),
                        AckStatus.APPLIED,
                        apply.target(),
                        Entry.absent(apply.target().path()),
                        Content.none(),
                        ""));
            }
            afterwards.answer(message, mouth);
        };
    }

    private static LyingAgent.Lie once(Object... what) {
        return scanned((message, mouth) -> {
            if (message instanceof HostMessage.Plan) {
                for (Object one : what) {
                    if (one instanceof AgentMessage good) {
                        mouth.say(good);
                    } else {
                        mouth.raw(ByteBuffer.wrap((byte[]) one));
                    }
                }
                lastWord(mouth);
            }
        });
    }

    private static void lastWord(LyingAgent.Mouth mouth) throws IOException {
        mouth.say(change("/app/the-last-word"));
    }

    private static LyingAgent.Lie atOnce(Endless endless) {
        return scanned((message, mouth) -> {
            if (message instanceof HostMessage.Plan) {
                endless.say(mouth);
                lastWord(mouth);
            }
        });
    }

    private interface Endless {
        void say(LyingAgent.Mouth mouth) throws IOException;
    }

    private static Entry entry(String path) {
        return new Entry(path, new Node.File(DIGEST, false), 0644, 1, 1);
    }

    private static AgentMessage.Changed change(String path) {
        return change(path, 0644, 1);
    }

    private static AgentMessage.Changed change(String path, int mode, long mtime) {
        Entry entry = new Entry(path, new Node.File(DIGEST, (mode & 0111) != 0), mode, 1, mtime);
        Content content = new Content.Inline(Bytes.of("x".getBytes(UTF_8)));
        return new AgentMessage.Changed(List.of(new Change(entry, content)));
    }

    private static AgentMessage.Changed link(String path, String target) {
        return new AgentMessage.Changed(List.of(new Change(Entry.link(path, target), Content.none())));
    }

    private static AgentMessage.Displaced displaced(long id) {
        return new AgentMessage.Displaced(
                id, entry("/app/sub/mine"), new Content.Inline(Bytes.of("x".getBytes(UTF_8))));
    }

    private static byte[] rawChange(String path) throws IOException {
        return rawChange(path, 1);
    }

    /** What {@link AgentMessage.Changed} would not say. */
    private static byte[] rawChange(String path, long size) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        byte[] name = path.getBytes(UTF_8);
        out.writeByte(0x86);
        out.writeInt(1);
        out.writeShort(name.length);
        out.write(name);
        out.writeByte(1);
        out.writeShort(0644);
        out.writeLong(size);
        out.writeLong(1);
        out.write(DIGEST.toBytes());
        out.writeByte(1);
        out.writeInt(1);
        out.writeByte('x');
        return ByteBuffer.allocate(4 + body.size())
                .putInt(body.size())
                .put(body.toByteArray())
                .array();
    }

    private static byte[] raw(int... bytes) {
        byte[] raw = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            raw[i] = (byte) bytes[i];
        }
        return raw;
    }

    private static byte[] raw(byte[] bytes) {
        return bytes;
    }

    private static LyingAgent.Lie linkFarm() {
        return atOnce(mouth -> {
            for (int i = 0; i < 500; i++) {
                mouth.say(link("/app/sub/farm" + i, "farm" + (i + 1) % 500));
                mouth.say(link("/app/sub/loop" + i, "."));
            }
        });
    }

    private static LyingAgent.Lie fetched(int size, int slices) {
        byte[] slice = new byte[Content.MAX_INLINE];
        return scanned((message, mouth) -> {
            if (message instanceof HostMessage.Plan) {
                mouth.say(new AgentMessage.Changed(List.of(
                        new Change(new Entry("/app/x", new Node.File(DIGEST, false), 0644, size, 1), Content.none()))));
            } else if (message instanceof HostMessage.Fetch fetch) {
                for (int i = 1; i <= slices; i++) {
                    mouth.say(new AgentMessage.Slice(
                            fetch.id(), i < slices ? SliceEnd.MORE : SliceEnd.LAST, Bytes.of(slice)));
                }
            }
        });
    }

    private static LyingAgent.Lie givenUp() {
        return scanned((message, mouth) -> {
            if (message instanceof HostMessage.Plan) {
                mouth.say(new AgentMessage.Changed(List.of(new Change(
                        new Entry("/app/x", new Node.File(DIGEST, false), 0644, 1 << 20, 1), Content.none()))));
            } else if (message instanceof HostMessage.Fetch fetch) {
                mouth.say(new AgentMessage.Slice(fetch.id(), SliceEnd.GIVEN_UP, Bytes.of(new byte[0])));
            }
        });
    }

    private static LyingAgent.Lie endlessScan() {
        String deep = "/app" + ("/" + "d".repeat(200)).repeat(19) + "/";
        return (message, mouth) -> {
            if (message instanceof HostMessage.Plan) {
                mouth.say(new AgentMessage.ScanBegin(AgentMessage.ScanReason.PLAN));
                for (int i = 0; i < Integer.MAX_VALUE; i += 200) {
                    List<Entry> entries = new ArrayList<>();
                    for (int k = 0; k < 200; k++) {
                        entries.add(entry(deep + (i + k)));
                    }
                    mouth.say(new AgentMessage.Scanned(entries));
                }
            }
        };
    }

    private static LyingAgent.Lie endlessChanges() {
        String deep = "/app/.git" + ("/" + "d".repeat(200)).repeat(19) + "/";
        return atOnce(mouth -> {
            for (int i = 0; i < Integer.MAX_VALUE; i += 200) {
                List<Change> changes = new ArrayList<>();
                for (int k = 0; k < 200; k++) {
                    changes.add(new Change(entry(deep + (i + k)), Content.none()));
                }
                mouth.say(new AgentMessage.Changed(changes));
            }
        });
    }

    private static LyingAgent.Lie endlessDisplaced() {
        return atOnce(mouth -> {
            for (long id = Long.MIN_VALUE; id < 0; id++) {
                mouth.say(new AgentMessage.Displaced(
                        id, new Entry("/app/x", new Node.File(DIGEST, false), 0644, 1L << 30, 1), Content.sliced()));
            }
        });
    }

    private static LyingAgent.Lie problems() {
        return atOnce(mouth -> {
            for (int i = 0; i < 20_000; i++) {
                mouth.say(new AgentMessage.Problem(
                        "/app/p" + i, AgentMessage.ProblemCode.UNREADABLE, "\u001b[2J" + "p".repeat(2_000)));
            }
        });
    }

    private static LyingAgent.Lie slices() {
        Bytes slice = Bytes.of(new byte[Content.MAX_INLINE]);
        return atOnce(mouth -> {
            for (int i = 0; i < 3_000; i++) {
                mouth.say(new AgentMessage.Slice(i, SliceEnd.MORE, slice));
            }
        });
    }

    private static LyingAgent.Lie acks() {
        return atOnce(mouth -> {
            for (long id = 1_000_000; id < 1_020_000; id++) {
                mouth.say(new AgentMessage.Ack(
                        id, AckStatus.APPLIED, entry("/etc/x"), Entry.absent("/etc/x"), Content.none(), ""));
            }
        });
    }

    /** Answers every write with this, about another path if one is given. */
    private static LyingAgent.Lie answering(String other, AckStatus status) {
        LyingAgent.Lie silent = once();
        return (message, mouth) -> {
            if (message instanceof HostMessage.Apply apply) {
                String path = other.isEmpty() ? apply.target().path() : other;
                Entry current = new Entry(
                        path, new Node.File(Digest.of(String.valueOf(apply.id()).getBytes(UTF_8)), false), 0644, 1, 1);
                mouth.say(new AgentMessage.Ack(apply.id(), status, current, Entry.absent(path), Content.none(), ""));
            } else {
                silent.answer(message, mouth);
            }
        };
    }

    private static LyingAgent.Lie scanOf(int files) {
        return (message, mouth) -> {
            if (message instanceof HostMessage.Plan) {
                mouth.say(new AgentMessage.ScanBegin(AgentMessage.ScanReason.PLAN));
                for (int i = 0; i < files; i += 10_000) {
                    List<Entry> entries = new ArrayList<>();
                    for (int k = 0; k < 10_000; k++) {
                        entries.add(entry("/app/sub/file" + (i + k)));
                    }
                    mouth.say(new AgentMessage.Scanned(entries));
                }
                mouth.say(new AgentMessage.ScanDone());
                lastWord(mouth);
            }
        };
    }

    private static LyingAgent.Lie cookies() {
        return atOnce(mouth -> {
            for (int id = 0; id < 100_000; id++) {
                mouth.say(new AgentMessage.CookieSeen(id));
            }
        });
    }
}
