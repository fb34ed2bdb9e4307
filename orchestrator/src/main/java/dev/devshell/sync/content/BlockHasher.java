package dev.devshell.sync.content;

import dev.devshell.sync.core.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Hashes a content as it comes by, its blocks side by side where it is large. For one thread at a time.
 *
 * <p>It holds a few stretches of a mebibyte, however long the content is.
 */
public final class BlockHasher {
    private static final int STRETCH = Digest.LARGE;
    private static final int MAX_UNDER_WAY = 3;
    private static final int FIRST = 64 * 1024;

    private final Executor workers;
    private final Queue<Stretch> underWay = new ArrayDeque<>();
    private final List<Digest> digests = new ArrayList<>();
    private final List<int[]> sums = new ArrayList<>();
    private byte[] filling = new byte[FIRST];
    private int filled;
    private long size;

    /** Hashes on the pool that all share; results do not depend on it. */
    public BlockHasher() {
        this(Workers.shared());
    }

    BlockHasher(Executor workers) {
        this.workers = workers;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Stretch(byte[] bytes, CompletableFuture<Sums> sums) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Sums(List<Digest> digests, int[] sums) {}

    /**
     * What a content turned out to be.
     *
     * @param blocks null where it is not large
     */
    public record Hashed(Digest digest, long size, @Nullable Blocks blocks) {}

    public void update(byte[] bytes, int offset, int length) {
        int at = offset;
        int left = length;
        while (left > 0) {
            if (filled == STRETCH) {
                submit();
            }
            int taken = Math.min(left, STRETCH - filled);
            grow(filled + taken);
            System.arraycopy(bytes, at, filling, filled, taken);
            filled += taken;
            at += taken;
            left -= taken;
        }
        size += length;
    }

    /** Takes what a channel has next, up to the end of a stretch; returns how much that was, or -1 at the channel's end. */
    public int update(ReadableByteChannel in) throws IOException {
        if (filled == STRETCH) {
            submit();
        }
        if (filled == filling.length) {
            grow(filled + 1);
        }
        int taken = in.read(ByteBuffer.wrap(filling, filled, filling.length - filled));
        filled += Math.max(0, taken);
        size += Math.max(0, taken);
        return taken;
    }

    private void grow(int needed) {
        if (needed > filling.length) {
            filling = java.util.Arrays.copyOf(filling, needed > 2 * FIRST ? STRETCH : 2 * FIRST);
        }
    }

    private void submit() {
        byte[] bytes = filling;
        int length = filled;
        underWay.add(new Stretch(bytes, CompletableFuture.supplyAsync(() -> sums(bytes, length), workers)));
        filling = underWay.size() >= MAX_UNDER_WAY ? take() : new byte[STRETCH];
        filled = 0;
    }

    private byte[] take() {
        Stretch first = underWay.remove();
        Sums done = first.sums().join();
        digests.addAll(done.digests());
        sums.add(done.sums());
        return first.bytes();
    }

    private static Sums sums(byte[] bytes, int length) {
        MessageDigest sha256 = Digest.sha256();
        List<Digest> digests = new ArrayList<>();
        int[] sums = new int[(length + Digest.BLOCK - 1) / Digest.BLOCK];
        for (int i = 0; i < sums.length; i++) {
            int at = i * Digest.BLOCK;
            int end = Math.min(length, at + Digest.BLOCK);
            sha256.update(bytes, at, end - at);
            digests.add(Digest.fromBytes(sha256.digest()));
            sums[i] = sum(bytes, at, end - at);
        }
        return new Sums(digests, sums);
    }

    static int sum(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    /** Ends the content. The hasher is not to be used again. */
    public Hashed finish() {
        if (size <= Digest.LARGE) {
            MessageDigest sha256 = Digest.sha256();
            sha256.update(filling, 0, filled);
            return new Hashed(Digest.fromBytes(sha256.digest()), size, null);
        }
        submit();
        while (!underWay.isEmpty()) {
            take();
        }
        int[] all = sums.stream().flatMapToInt(java.util.Arrays::stream).toArray();
        Blocks blocks = new Blocks(size, digests, all);
        return new Hashed(blocks.digest(), size, blocks);
    }
}
