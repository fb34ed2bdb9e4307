package dev.devshell.sync.core;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What a file's content is known by, held as four longs because a project has a million of them.
 *
 * <p>The SHA-256 (FIPS 180-4) of a content of up to {@link #LARGE} bytes. Of a larger one, the SHA-256 of {@code "dvsh"}, its size (eight bytes) and the SHA-256 of each
 * of its blocks of {@link #BLOCK} bytes: so its blocks can be hashed side by side, and what of two versions is the same is known without reading either again.
 */
public record Digest(long a, long b, long c, long d) {
    /** The length of a digest, in bytes. */
    public static final int BYTES = 32;

    /** From more bytes than this, a content is hashed in blocks. */
    public static final int LARGE = 1 << 20;

    /** The length of a block, in bytes; the last one of a content may be shorter. */
    public static final int BLOCK = 128 * 1024;

    private static final int DOMAIN = 0x64767368; // "dvsh"

    /** To look for one among the providers takes as long as hashing a small content does. */
    private static final ThreadLocal<MessageDigest> OF_THREAD = ThreadLocal.withInitial(Digest::sha256);

    /** The digest of no bytes. */
    public static final Digest EMPTY = of(new byte[0]);

    /** Returns the digest of {@code content}. */
    public static Digest of(byte[] content) {
        MessageDigest sha256 = OF_THREAD.get();
        sha256.reset();
        if (content.length <= LARGE) {
            return fromBytes(sha256.digest(content));
        }
        List<Digest> blocks = new ArrayList<>();
        for (int at = 0; at < content.length; at += BLOCK) {
            sha256.update(content, at, Math.min(BLOCK, content.length - at));
            blocks.add(fromBytes(sha256.digest()));
        }
        return ofBlocks(content.length, blocks);
    }

    /** Returns the digest of a content of more than {@link #LARGE} bytes, given the SHA-256 of each of its blocks. */
    public static Digest ofBlocks(long size, List<Digest> blocks) {
        MessageDigest sha256 = sha256();
        sha256.update(ByteBuffer.allocate(12).putInt(DOMAIN).putLong(size).flip());
        blocks.forEach(block -> sha256.update(block.toBytes()));
        return fromBytes(sha256.digest());
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

    /** Returns a fresh computation to feed a small content or one block to; its result goes to {@link #fromBytes}. */
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
