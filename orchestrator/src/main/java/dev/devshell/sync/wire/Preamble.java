package dev.devshell.sync.wire;

import java.nio.ByteBuffer;

/** What each direction starts with: who speaks, and in which version of the protocol. */
final class Preamble {
    /** The version that this end speaks. */
    static final int VERSION = 3;

    static final int BYTES = 6;

    private static final int MAGIC = 0x64767368; // "dvsh"

    private Preamble() {}

    static void write(Encoder out) {
        out.i32(MAGIC);
        out.u16(VERSION);
    }

    static void check(ByteBuffer in) throws WireException {
        int magic = in.getInt();
        int version = in.getShort() & 0xffff;
        if (magic != MAGIC) {
            throw new WireException(String.format("the stream is not the agent protocol: starts with %08x", magic));
        }
        if (version != VERSION) {
            throw new WireException(
                    "this end speaks version " + VERSION + " of the agent protocol, the other end version " + version);
        }
    }
}
