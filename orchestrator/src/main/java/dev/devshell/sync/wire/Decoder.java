package dev.devshell.sync.wire;

import dev.devshell.sync.core.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the protocol's primitive values from one frame, never past its end. */
final class Decoder {
    private final ByteBuffer frame;

    Decoder(ByteBuffer frame) {
        this.frame = frame;
    }

    /** Reads one item of a list. */
    @FunctionalInterface
    interface Item<T> {
        T read(Decoder in) throws WireException;
    }

    private ByteBuffer need(int bytes, String what) throws WireException {
        if (frame.remaining() < bytes) {
            throw new WireException(
                    "the frame ends within " + what + ": " + bytes + " bytes needed, but was: " + frame.remaining());
        }
        return frame;
    }

    void end() throws WireException {
        if (frame.hasRemaining()) {
            throw new WireException(frame.remaining() + " bytes too many in a frame");
        }
    }

    int u8(String what) throws WireException {
        return need(1, what).get() & 0xff;
    }

    int upTo(int max, String what) throws WireException {
        int value = u8(what);
        if (value > max) {
            throw new WireException(what + " is from 0 to " + max + ", but was: " + value);
        }
        return value;
    }

    boolean bool(String what) throws WireException {
        return upTo(1, what) == 1;
    }

    <E extends Enum<E>> E oneOf(E[] values, int first, String what) throws WireException {
        int value = u8(what);
        if (value < first || value >= first + values.length) {
            throw new WireException(
                    what + " is from " + first + " to " + (first + values.length - 1) + ", but was: " + value);
        }
        return values[value - first];
    }

    int u16(String what) throws WireException {
        return need(2, what).getShort() & 0xffff;
    }

    int i32(String what) throws WireException {
        return need(4, what).getInt();
    }

    long i64(String what) throws WireException {
        return need(8, what).getLong();
    }

    Digest digest() throws WireException {
        ByteBuffer in = need(Digest.BYTES, "a digest");
        return new Digest(in.getLong(), in.getLong(), in.getLong(), in.getLong());
    }

    Bytes bytes() throws WireException {
        int length = i32("a length");
        if (length < 0 || length > Content.MAX_INLINE) {
            throw new WireException("content is from 0 to " + Content.MAX_INLINE + " bytes, but was: "
                    + Integer.toUnsignedLong(length));
        }
        need(length, "content");
        byte[] data = new byte[length];
        frame.get(data);
        return Bytes.of(data);
    }

    String string(String what) throws WireException {
        int length = u16(what);
        ByteBuffer in = need(length, what);
        String text = new String(in.array(), in.arrayOffset() + in.position(), length, StandardCharsets.UTF_8);
        // what is not UTF-8 decodes to U+FFFD, but so does a U+FFFD that was really sent
        if (text.indexOf('\uFFFD') >= 0) {
            checkUtf8(in.slice(in.position(), length), what);
        }
        in.position(in.position() + length);
        return text;
    }

    private static void checkUtf8(ByteBuffer bytes, String what) throws WireException {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes);
        } catch (CharacterCodingException e) {
            throw new WireException(what + " is not UTF-8", e);
        }
    }

    /** Reads a list whose items have at least {@code smallest} bytes each, so that a count cannot promise more than there is. */
    <T> List<T> list(int smallest, String what, Item<T> item) throws WireException {
        int count = i32("a count");
        if (count < 0 || count > frame.remaining() / smallest) {
            throw new WireException("a frame with " + frame.remaining() + " bytes left cannot hold this many " + what
                    + ": " + Integer.toUnsignedLong(count));
        }
        List<T> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            items.add(item.read(this));
        }
        return items;
    }
}
