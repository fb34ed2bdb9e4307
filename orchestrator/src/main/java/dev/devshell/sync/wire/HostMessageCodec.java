package dev.devshell.sync.wire;

import dev.devshell.sync.wire.HostMessage.Apply;
import dev.devshell.sync.wire.HostMessage.Bye;
import dev.devshell.sync.wire.HostMessage.Cookie;
import dev.devshell.sync.wire.HostMessage.Copy;
import dev.devshell.sync.wire.HostMessage.Dialect;
import dev.devshell.sync.wire.HostMessage.Fetch;
import dev.devshell.sync.wire.HostMessage.Heartbeat;
import dev.devshell.sync.wire.HostMessage.Hello;
import dev.devshell.sync.wire.HostMessage.Keep;
import dev.devshell.sync.wire.HostMessage.Plan;
import dev.devshell.sync.wire.HostMessage.Resend;
import dev.devshell.sync.wire.HostMessage.Root;
import dev.devshell.sync.wire.HostMessage.RootKind;
import dev.devshell.sync.wire.HostMessage.Rule;
import dev.devshell.sync.wire.HostMessage.RuleSet;
import dev.devshell.sync.wire.HostMessage.Slice;
import dev.devshell.sync.wire.HostMessage.Stored;
import dev.devshell.sync.wire.HostMessage.Upload;

/** The messages to the agent. */
final class HostMessageCodec implements Codec<HostMessage> {
    private static final int HELLO = 0x01;
    private static final int PLAN = 0x02;
    private static final int APPLY = 0x03;
    private static final int SLICE = 0x04;
    private static final int FETCH = 0x05;
    private static final int STORED = 0x06;
    private static final int COOKIE = 0x07;
    private static final int HEARTBEAT = 0x08;
    private static final int BYE = 0x09;
    private static final int KEEP = 0x0A;
    private static final int COPY = 0x0B;
    private static final int RESEND = 0x0C;
    private static final int UPLOAD = 0x0D;

    @Override
    public void encode(Encoder out, HostMessage message) {
        if (message instanceof Apply apply) {
            out.u8(APPLY);
            out.i64(apply.id());
            Values.node(out, apply.expected());
            Values.entry(out, apply.target());
            Values.content(out, apply.content());
        } else if (message instanceof Slice slice) {
            out.u8(SLICE);
            out.i64(slice.id());
            out.oneOf(slice.end(), 0);
            out.bytes(slice.data());
        } else if (message instanceof Fetch fetch) {
            out.u8(FETCH);
            out.i64(fetch.id());
            out.string(fetch.path());
            out.digest(fetch.digest());
            Values.node(out, fetch.base());
        } else if (message instanceof Copy copy) {
            out.u8(COPY);
            out.i64(copy.id());
            Values.ranges(out, copy.ranges());
        } else if (message instanceof Upload upload) {
            out.u8(UPLOAD);
            out.i64(upload.id());
            out.oneOf(upload.end(), 0);
            out.string(upload.name());
        } else if (message instanceof Stored stored) {
            out.u8(STORED);
            out.list(stored.ids(), Encoder::i64);
        } else {
            encodeSession(out, message);
        }
    }

    private static void encodeSession(Encoder out, HostMessage message) {
        if (message instanceof Hello hello) {
            out.u8(HELLO);
            out.string(hello.owner());
            out.i32(hello.leaseMillis());
        } else if (message instanceof Plan plan) {
            out.u8(PLAN);
            encode(out, plan);
        } else if (message instanceof Keep keep) {
            out.u8(KEEP);
            Values.strings(out, keep.paths());
        } else if (message instanceof Cookie cookie) {
            out.u8(COOKIE);
            out.i64(cookie.id());
        } else if (message instanceof Resend resend) {
            out.u8(RESEND);
            out.i64(resend.id());
        } else {
            out.u8(message instanceof Bye ? BYE : HEARTBEAT);
        }
    }

    private static void encode(Encoder out, Plan plan) {
        out.list(plan.ruleSets(), HostMessageCodec::encode);
        out.list(plan.roots(), HostMessageCodec::encode);
        Values.strings(out, plan.holes());
        Values.strings(out, plan.kept());
    }

    private static void encode(Encoder out, RuleSet ruleSet) {
        out.oneOf(ruleSet.dialect(), 0);
        out.list(ruleSet.rules(), (to, rule) -> {
            to.string(rule.glob());
            to.u8((rule.negated() ? 1 : 0) | (rule.directoryOnly() ? 2 : 0));
        });
    }

    private static void encode(Encoder out, Root root) {
        out.string(root.path());
        out.oneOf(root.kind(), 1);
        out.string(root.prefix());
        out.list(root.ignore(), Encoder::u16);
        out.list(root.quiet(), Encoder::u16);
        out.string(root.owner());
        out.i32(root.mode());
    }

    @Override
    public HostMessage decode(Decoder in) throws WireException {
        int type = in.u8("a message's type");
        return switch (type) {
            case HELLO -> new Hello(in.string("an owner"), in.i32("a lease"));
            case PLAN -> plan(in);
            case APPLY -> new Apply(in.i64("an id"), Values.node(in), Values.entry(in), Values.content(in));
            case SLICE -> new Slice(in.i64("an id"), in.oneOf(SliceEnd.values(), 0, "a slice's end"), in.bytes());
            case FETCH -> new Fetch(in.i64("an id"), in.string("a path"), in.digest(), Values.node(in));
            case COPY -> new Copy(in.i64("an id"), Values.ranges(in));
            case RESEND -> new Resend(in.i64("an id"));
            case UPLOAD ->
                new Upload(
                        in.i64("an id"),
                        in.oneOf(SliceEnd.values(), 0, "an upload's end"),
                        in.string("an upload's name"));
            case STORED -> new Stored(in.list(8, "ids", item -> item.i64("an id")));
            case COOKIE -> new Cookie(in.i64("an id"));
            case HEARTBEAT -> new Heartbeat();
            case BYE -> new Bye();
            case KEEP -> new Keep(Values.strings(in, "paths"));
            default -> throw new WireException("no message to the agent has the type " + type);
        };
    }

    private static Plan plan(Decoder in) throws WireException {
        return new Plan(
                in.list(5, "rule sets", HostMessageCodec::ruleSet),
                in.list(20, "roots", HostMessageCodec::root),
                Values.strings(in, "paths"),
                Values.strings(in, "paths"));
    }

    private static RuleSet ruleSet(Decoder in) throws WireException {
        Dialect dialect = in.oneOf(Dialect.values(), 0, "a dialect");
        return new RuleSet(dialect, in.list(3, "rules", HostMessageCodec::rule));
    }

    private static Rule rule(Decoder in) throws WireException {
        String glob = in.string("a glob");
        int flags = in.upTo(3, "a rule's flags");
        return new Rule(glob, (flags & 1) != 0, (flags & 2) != 0);
    }

    private static Root root(Decoder in) throws WireException {
        return new Root(
                in.string("a path"),
                in.oneOf(RootKind.values(), 1, "a root's kind"),
                in.string("a prefix"),
                in.list(2, "rule sets", item -> item.u16("a rule set")),
                in.list(2, "rule sets", item -> item.u16("a rule set")),
                in.string("an owner"),
                in.i32("a mode"));
    }
}
