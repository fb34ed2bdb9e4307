package dev.devshell.sync.content;

import dev.devshell.sync.core.Digest;
import java.util.List;

/**
 * What a large content is made of: for each of its blocks the SHA-256, and a sum that can be rolled along another content.
 *
 * @param sums the CRC-32C of each block
 */
@SuppressWarnings(
        "ArrayRecordComponent") // never compared, never written to again; a boxed sum would cost five times as much
public record Blocks(long size, List<Digest> digests, int[] sums) {
    public Blocks {
        digests = List.copyOf(digests);
        if (size <= Digest.LARGE || count(size) != digests.size() || count(size) != sums.length) {
            throw new IllegalArgumentException(
                    "a content of " + size + " bytes does not have this many blocks: " + digests.size());
        }
    }

    private static long count(long size) {
        return (size + Digest.BLOCK - 1) / Digest.BLOCK;
    }

    public int count() {
        return sums.length;
    }

    /** Returns the length of a block; only the last is shorter than the others. */
    public int length(int block) {
        return (int) Math.min(Digest.BLOCK, size - (long) block * Digest.BLOCK);
    }

    /** Returns the digest of the whole content. */
    public Digest digest() {
        return Digest.ofBlocks(size, digests);
    }
}
