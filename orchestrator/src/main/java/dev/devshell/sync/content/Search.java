package dev.devshell.sync.content;

import dev.devshell.sync.core.Digest;
import java.security.MessageDigest;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Looks for the blocks of a content in other bytes, at any offset: by a CRC-32C that is rolled along, then by digest. */
final class Search {
    private static final int POLYNOMIAL = 0x82F63B78; // CRC-32C (RFC 3720), reflected
    private static final int[] STEP = step();
    /** The sum of as many zeros as a block has bytes: what initial value and final complement contribute. */
    private static final int ZEROS = BlockHasher.sum(new byte[Digest.BLOCK], 0, Digest.BLOCK);
    /** What a byte contributes once a whole block has followed it. */
    private static final int[] LEAVING = leaving();

    private final Blocks base;
    private final Map<Integer, Integer> bySum = new HashMap<>();
    private final BitSet filter = new BitSet(1 << 16);
    private final MessageDigest sha256 = Digest.sha256();
    private int found;

    Search(Blocks base) {
        this.base = base;
        for (int i = base.count() - 1; i >= 0; i--) {
            if (base.length(i) == Digest.BLOCK) {
                bySum.put(base.sums()[i], i);
                filter.set(base.sums()[i] & 0xffff);
            }
        }
    }

    private static int[] step() {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int crc = i;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) != 0 ? crc >>> 1 ^ POLYNOMIAL : crc >>> 1;
            }
            table[i] = crc;
        }
        return table;
    }

    private static int[] leaving() {
        int[] table = new int[256];
        for (int bit = 1; bit < 256; bit <<= 1) {
            int crc = STEP[bit];
            for (int i = 0; i < Digest.BLOCK; i++) {
                crc = STEP[crc & 0xff] ^ crc >>> 8;
            }
            table[bit] = crc;
        }
        for (int i = 1; i < 256; i++) {
            // sums without initial value are linear
            int lowest = Integer.lowestOneBit(i);
            table[i] = table[lowest] ^ table[i ^ lowest];
        }
        return table;
    }

    /** Returns the first offset from {@code from} on at which a whole block stands, -1 if there is none. */
    int next(byte[] bytes, int from) {
        int last = bytes.length - Digest.BLOCK;
        if (from > last) {
            return -1;
        }
        int crc = BlockHasher.sum(bytes, from, Digest.BLOCK) ^ ZEROS;
        for (int i = from; ; i++) {
            int sum = crc ^ ZEROS;
            if (filter.get(sum & 0xffff) && isBlock(bytes, i, sum)) {
                return i;
            }
            if (i == last) {
                return -1;
            }
            crc = STEP[(crc ^ bytes[i + Digest.BLOCK]) & 0xff] ^ crc >>> 8 ^ LEAVING[bytes[i] & 0xff];
        }
    }

    private boolean isBlock(byte[] bytes, int offset, int sum) {
        Integer block = bySum.get(sum);
        if (block == null) {
            return false;
        }
        sha256.update(bytes, offset, Digest.BLOCK);
        if (!Digest.fromBytes(sha256.digest()).equals(base.digests().get(block))) {
            return false;
        }
        found = block;
        return true;
    }

    /** Returns which block it was. */
    int found() {
        return found;
    }
}
