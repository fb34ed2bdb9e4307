package dev.devshell.sync.wire;

import dev.devshell.sync.core.Digest;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;

/** Appends the protocol's primitive values to a buffer that grows as needed; outside of the heap, so that a socket takes it as it is. */
final class Encoder {
    private ByteBuffer buffer = ByteBuffer.allocateDirect(16_384);

    ByteBuffer buffer() {
        return buffer;
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            int needed = Math.addExact(buffer.position(), bytes);
            ByteBuffer larger = ByteBuffer.allocateDirect(Math.max(needed, buffer.capacity() * 2));
            buffer = larger.put(buffer.flip());
        }
        return buffer;
    }

    void u8(int value) {
        room(1).put((byte) value);
    }

    /** Writes a constant as its place in the declaration, which is the protocol's numbering from {@code first} on. */
    @SuppressWarnings("EnumOrdinal")
    void oneOf(Enum<?> value, int first) {
        u8(value.ordinal() + first);
    }

    void bool(boolean value) {
        u8(value ? 1 : 0);
    }

    void u16(int value) {
        room(2).putShort((short) value);
    }

    void i32(int value) {
        room(4).putInt(value);
    }

    void i64(long value) {
        room(8).putLong(value);
    }

    void digest(Digest value) {
        room(Digest.BYTES)
                .putLong(value.a())
                .putLong(value.b())
                .putLong(value.c())
                .putLong(value.d());
    }

    void bytes(Bytes value) {
        i32(value.length());
        room(value.length()).put(value.array());
    }

    void string(String value) {
        ByteBuffer utf8;
        try {
            utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("not a text that UTF-8 can hold: " + value, e);
        }
        Limits.atMost("a string's length", utf8.remaining(), Limits.STRING);
        u16(utf8.remaining());
        room(utf8.remaining()).put(utf8);
    }

    <T> void list(List<T> items, BiConsumer<Encoder, T> item) {
        i32(items.size());
        for (T one : items) {
            item.accept(this, one);
        }
    }
}
