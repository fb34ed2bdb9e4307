package dev.devshell.sync.core;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 of a file's content (FIPS 180-4), held as four longs because a project has a million of them.
 */
public record Digest(long a, long b, long c, long d) {
    /** The length of a digest, in bytes. */
    public static final int BYTES = 32;

    /** The digest of no bytes. */
    public static final Digest EMPTY = of(new byte[0]);

    /** Returns the digest of {@code content}. */
    public static Digest of(byte[] content) {
        return fromBytes(sha256().digest(content));
    }

    /** Reads a digest from its 32 bytes. */
    public static Digest fromBytes(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a digest has 32 bytes, but was: " + bytes.length);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new Digest(in.getLong(), in.getLong(), in.getLong(), in.getLong());
    }

    /** Reads a digest from its 64 hexadecimal digits. */
    public static Digest fromHex(String hex) {
        return fromBytes(HexFormat.of().parseHex(hex));
    }

    /** Returns a fresh computation to feed a file's content to; its result goes to {@link #fromBytes}. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public byte[] toBytes() {
        return ByteBuffer.allocate(BYTES)
                .putLong(a)
                .putLong(b)
                .putLong(c)
                .putLong(d)
                .array();
    }

    public String toHex() {
        return HexFormat.of().formatHex(toBytes());
    }

    @Override
    public String toString() {
        return toHex().substring(0, 12);
    }
}
