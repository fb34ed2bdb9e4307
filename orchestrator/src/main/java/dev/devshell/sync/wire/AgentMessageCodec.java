package dev.devshell.sync.wire;

import dev.devshell.sync.wire.AgentMessage.Ack;
import dev.devshell.sync.wire.AgentMessage.AckStatus;
import dev.devshell.sync.wire.AgentMessage.Bye;
import dev.devshell.sync.wire.AgentMessage.Change;
import dev.devshell.sync.wire.AgentMessage.Changed;
import dev.devshell.sync.wire.AgentMessage.CookieSeen;
import dev.devshell.sync.wire.AgentMessage.Copy;
import dev.devshell.sync.wire.AgentMessage.Displaced;
import dev.devshell.sync.wire.AgentMessage.Heartbeat;
import dev.devshell.sync.wire.AgentMessage.Problem;
import dev.devshell.sync.wire.AgentMessage.ProblemCode;
import dev.devshell.sync.wire.AgentMessage.Refused;
import dev.devshell.sync.wire.AgentMessage.ScanBegin;
import dev.devshell.sync.wire.AgentMessage.ScanDone;
import dev.devshell.sync.wire.AgentMessage.ScanReason;
import dev.devshell.sync.wire.AgentMessage.Scanned;
import dev.devshell.sync.wire.AgentMessage.Slice;
import dev.devshell.sync.wire.AgentMessage.Welcome;

/** The messages from the agent. */
final class AgentMessageCodec implements Codec<AgentMessage> {
    private static final int WELCOME = 0x81;
    private static final int REFUSED = 0x82;
    private static final int SCAN_BEGIN = 0x83;
    private static final int SCANNED = 0x84;
    private static final int SCAN_DONE = 0x85;
    private static final int CHANGED = 0x86;
    private static final int ACK = 0x87;
    private static final int SLICE = 0x88;
    private static final int COPY = 0x8E;
    private static final int COOKIE_SEEN = 0x89;
    private static final int PROBLEM = 0x8A;
    private static final int DISPLACED = 0x8B;
    private static final int HEARTBEAT = 0x8C;
    private static final int BYE = 0x8D;

    @Override
    public void encode(Encoder out, AgentMessage message) {
        if (message instanceof Scanned scanned) {
            out.u8(SCANNED);
            out.list(scanned.entries(), Values::entry);
        } else if (message instanceof Changed changed) {
            out.u8(CHANGED);
            out.list(changed.changes(), (to, change) -> {
                Values.entry(to, change.entry());
                Values.content(to, change.content());
            });
        } else if (message instanceof Ack ack) {
            encode(out, ack);
        } else if (message instanceof Copy copy) {
            out.u8(COPY);
            out.i64(copy.id());
            Values.ranges(out, copy.ranges());
        } else if (message instanceof Slice slice) {
            out.u8(SLICE);
            out.i64(slice.id());
            out.oneOf(slice.end(), 0);
            out.bytes(slice.data());
        } else if (message instanceof Displaced displaced) {
            out.u8(DISPLACED);
            out.i64(displaced.id());
            Values.entry(out, displaced.entry());
            Values.content(out, displaced.content());
        } else {
            encodeSession(out, message);
        }
    }

    private static void encode(Encoder out, Ack ack) {
        out.u8(ACK);
        out.i64(ack.id());
        out.oneOf(ack.status(), 0);
        Values.entry(out, ack.current());
        Values.entry(out, ack.displaced());
        Values.content(out, ack.content());
        out.string(ack.message());
    }

    private static void encodeSession(Encoder out, AgentMessage message) {
        if (message instanceof Welcome welcome) {
            out.u8(WELCOME);
            out.string(welcome.build());
            out.i32(welcome.pid());
            out.string(welcome.architecture());
            out.i64(welcome.clockNanos());
        } else if (message instanceof Refused refused) {
            out.u8(REFUSED);
            out.string(refused.code());
            out.string(refused.message());
        } else if (message instanceof ScanBegin begin) {
            out.u8(SCAN_BEGIN);
            out.oneOf(begin.why(), 0);
        } else if (message instanceof CookieSeen seen) {
            out.u8(COOKIE_SEEN);
            out.i64(seen.id());
        } else if (message instanceof Problem problem) {
            out.u8(PROBLEM);
            out.string(problem.path());
            out.oneOf(problem.code(), 1);
            out.string(problem.message());
        } else {
            out.u8(message instanceof Bye ? BYE : message instanceof ScanDone ? SCAN_DONE : HEARTBEAT);
        }
    }

    @Override
    public AgentMessage decode(Decoder in) throws WireException {
        int type = in.u8("a message's type");
        return switch (type) {
            case WELCOME ->
                new Welcome(in.string("a build"), in.i32("a pid"), in.string("an architecture"), in.i64("a clock"));
            case REFUSED -> new Refused(in.string("a code"), in.string("a message"));
            case SCAN_BEGIN -> new ScanBegin(in.oneOf(ScanReason.values(), 0, "a scan's reason"));
            case SCANNED -> new Scanned(in.list(4, "entries", Values::entry));
            case SCAN_DONE -> new ScanDone();
            case CHANGED ->
                new Changed(in.list(5, "changes", item -> new Change(Values.entry(item), Values.content(item))));
            case ACK -> ack(in);
            case COPY -> new Copy(in.i64("an id"), Values.ranges(in));
            case SLICE -> new Slice(in.i64("an id"), in.oneOf(SliceEnd.values(), 0, "a slice's end"), in.bytes());
            case COOKIE_SEEN -> new CookieSeen(in.i64("an id"));
            case PROBLEM ->
                new Problem(
                        in.string("a path"),
                        in.oneOf(ProblemCode.values(), 1, "a problem's code"),
                        in.string("a message"));
            case DISPLACED -> new Displaced(in.i64("an id"), Values.entry(in), Values.content(in));
            case HEARTBEAT -> new Heartbeat();
            case BYE -> new Bye();
            default -> throw new WireException("no message from the agent has the type " + type);
        };
    }

    private static Ack ack(Decoder in) throws WireException {
        return new Ack(
                in.i64("an id"),
                in.oneOf(AckStatus.values(), 0, "a status"),
                Values.entry(in),
                Values.entry(in),
                Values.content(in),
                in.string("a message"));
    }
}
