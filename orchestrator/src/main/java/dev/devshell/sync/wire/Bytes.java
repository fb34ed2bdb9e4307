package dev.devshell.sync.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A piece of content, as a value. The array is never copied: whoever holds it must not change it. */
public final class Bytes {
    private final byte[] array;

    private Bytes(byte[] array) {
        this.array = array;
    }

    public static Bytes of(byte... array) {
        return new Bytes(array);
    }

    public byte[] array() {
        return array;
    }

    public int length() {
        return array.length;
    }

    /** Returns a read-only view. */
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(array).asReadOnlyBuffer();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(array, that.array);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(array);
    }

    @Override
    public String toString() {
        return array.length + " bytes";
    }
}
