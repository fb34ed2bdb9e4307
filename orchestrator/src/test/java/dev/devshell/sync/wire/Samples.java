package dev.devshell.sync.wire;

import dev.devshell.sync.core.Digest;
import dev.devshell.sync.core.Node;
import dev.devshell.sync.wire.HostMessage.Dialect;
import dev.devshell.sync.wire.HostMessage.Root;
import dev.devshell.sync.wire.HostMessage.RootKind;
import dev.devshell.sync.wire.HostMessage.Rule;
import dev.devshell.sync.wire.HostMessage.RuleSet;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Messages of every kind, under the names of their fixtures. */
final class Samples {
    private static final Bytes TEXT = Bytes.of("puts 1\n".getBytes(StandardCharsets.UTF_8));
    private static final Entry FILE = file("/app/app/models/user.rb", 0644, TEXT);
    private static final Entry SCRIPT = file("/app/bin/rails", 0755, Bytes.of());
    private static final long SET_ASIDE = Long.MIN_VALUE | 3;

    private Samples() {}

    private static Entry file(String path, int mode, Bytes content) {
        return new Entry(
                path,
                new Node.File(Digest.of(content.array()), (mode & 0111) != 0),
                mode,
                content.length(),
                1_756_713_600_123_456_789L);
    }

    private static Entry special(String path) {
        return new Entry(path, Node.special(), 0, 0, 0);
    }

    private static Entry unreadable(String path) {
        return new Entry(path, Node.unreadable(), 0, 0, 0);
    }

    static Map<String, HostMessage> toAgent() {
        Map<String, HostMessage> all = new LinkedHashMap<>();
        all.put("hello", new HostMessage.Hello("pid 4711 of ada on laptop", 10_000));
        all.put("plan", plan());
        all.put("plan-empty", new HostMessage.Plan(List.of(), List.of(), List.of(), List.of()));
        all.put("keep", new HostMessage.Keep(List.of("/app/node_modules/left-pad/index.js", "/app/log/ä.log")));
        all.put("apply-inline", new HostMessage.Apply(1, Node.absent(), FILE, new Content.Inline(TEXT)));
        all.put("apply-sliced", new HostMessage.Apply(2, SCRIPT.node(), FILE, Content.sliced()));
        all.put(
                "apply-executable",
                new HostMessage.Apply(3, new Node.File(Digest.EMPTY, false), SCRIPT, Content.none()));
        all.put(
                "apply-delete",
                new HostMessage.Apply(4, new Node.Link("../shared"), Entry.absent("/app/current"), Content.none()));
        all.put(
                "apply-directory",
                new HostMessage.Apply(5, Node.absent(), Entry.directory("/app/app/jobs", 0755), Content.none()));
        all.put(
                "apply-link",
                new HostMessage.Apply(6, Node.directory(), Entry.link("/app/current", "releases/1"), Content.none()));
        all.put("slice-to-agent", new HostMessage.Slice(2, SliceEnd.LAST, TEXT));
        all.put("fetch", new HostMessage.Fetch(7, FILE.path(), Digest.of(TEXT.array()), Node.absent()));
        all.put("fetch-from-base", new HostMessage.Fetch(9, FILE.path(), Digest.of(TEXT.array()), SCRIPT.node()));
        all.put("copy-to-agent", new HostMessage.Copy(2, List.of(new Range(131_072, 262_144), new Range(0, 1))));
        all.put("upload", new HostMessage.Upload(2, SliceEnd.LAST, "upload-00c0ffee"));
        all.put("resend", new HostMessage.Resend(2));
        all.put("stored", new HostMessage.Stored(List.of(1L, SET_ASIDE)));
        all.put("cookie", new HostMessage.Cookie(8));
        all.put("heartbeat-to-agent", new HostMessage.Heartbeat());
        all.put("bye-to-agent", new HostMessage.Bye());
        return all;
    }

    private static HostMessage plan() {
        RuleSet docker = new RuleSet(
                Dialect.DOCKER, List.of(new Rule("**/*.log", false, false), new Rule("keep.log", true, false)));
        RuleSet git = new RuleSet(Dialect.GIT, List.of(new Rule("node_modules", false, true)));
        Root app = new Root("/app", RootKind.DIRECTORY, "", List.of(0), List.of(1), "", -1);
        Root gemfile = new Root("/srv/Gemfile", RootKind.FILE, "web/Gemfile", List.of(), List.of(), "app:1000", 0640);
        return new HostMessage.Plan(
                List.of(docker, git), List.of(app, gemfile), List.of("/app/tmp/cache"), List.of("/app/node_modules/a"));
    }

    static Map<String, AgentMessage> toHost() {
        Map<String, AgentMessage> all = new LinkedHashMap<>();
        all.put("welcome", new AgentMessage.Welcome(Digest.EMPTY.toHex(), 42, "amd64", 1_756_713_600_000_000_001L));
        all.put("refused", new AgentMessage.Refused("LOCKED", "another devshell holds it: pid 7 of ada on laptop"));
        all.put("scan-begin", new AgentMessage.ScanBegin(AgentMessage.ScanReason.OVERFLOW));
        all.put(
                "scanned",
                new AgentMessage.Scanned(List.of(
                        Entry.directory("/app", 02755),
                        FILE,
                        SCRIPT,
                        Entry.link("/app/link", "ünder"),
                        special("/app/socket"),
                        unreadable("/app/secret"))));
        all.put("scan-done", new AgentMessage.ScanDone());
        all.put(
                "changed",
                new AgentMessage.Changed(List.of(
                        new AgentMessage.Change(FILE, new Content.Inline(TEXT)),
                        new AgentMessage.Change(SCRIPT, Content.none()),
                        new AgentMessage.Change(Entry.absent("/app/gone"), Content.none()))));
        all.put("ack", ack(1, AgentMessage.AckStatus.APPLIED, FILE, Entry.absent(FILE.path()), Content.none(), ""));
        all.put(
                "ack-displaced",
                ack(
                        2,
                        AgentMessage.AckStatus.APPLIED,
                        SCRIPT,
                        FILE,
                        new Content.Inline(TEXT),
                        "slipped into the window"));
        all.put(
                "ack-mismatch",
                ack(3, AgentMessage.AckStatus.MISMATCH, FILE, Entry.absent(FILE.path()), Content.none(), "changed"));
        all.put(
                "ack-bad-content",
                ack(4, AgentMessage.AckStatus.BAD_CONTENT, unreadable("/x"), Entry.absent("/x"), Content.none(), "?"));
        all.put("slice-to-host", new AgentMessage.Slice(SET_ASIDE, SliceEnd.GIVEN_UP, Bytes.of()));
        all.put("copy-to-host", new AgentMessage.Copy(9, List.of(new Range(1L << 31, 77))));
        all.put("cookie-seen", new AgentMessage.CookieSeen(8));
        all.put(
                "problem",
                new AgentMessage.Problem(
                        "/", AgentMessage.ProblemCode.WATCH_LIMIT, "raise fs.inotify.max_user_watches"));
        all.put("displaced", new AgentMessage.Displaced(SET_ASIDE, FILE, Content.sliced()));
        all.put("heartbeat-to-host", new AgentMessage.Heartbeat());
        all.put("bye-to-host", new AgentMessage.Bye());
        return all;
    }

    private static AgentMessage ack(
            long id, AgentMessage.AckStatus status, Entry current, Entry displaced, Content content, String message) {
        return new AgentMessage.Ack(id, status, current, displaced, content, message);
    }
}
