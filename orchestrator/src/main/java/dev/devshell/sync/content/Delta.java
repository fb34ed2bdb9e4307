package dev.devshell.sync.content;

import dev.devshell.sync.core.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Says how a content is made from an older one that somebody else has: by ranges of that, and by bytes.
 *
 * <p>Blocks that stand in the older content are known by their digests alone. Between them, and only there, the new content is read and the sum of a block rolled
 * along it, so that what was shifted is found again; where nothing is found for long, the search is given up. Each call of {@link #next} does a bounded
 * piece of that work.
 */
public final class Delta {
    /** The most ranges in one part. */
    public static final int MAX_RANGES = 4_096;

    /** The most bytes in one part. */
    public static final int MAX_BYTES = 65_536;

    private static final int WINDOW = 1 << 20;
    private static final int MAX_FRUITLESS = 16 << 20;

    private final Blocks fresh;
    private final Blocks base;
    private final Source source;
    private final Map<Digest, Integer> known = new HashMap<>();
    private final Queue<Part> ready = new ArrayDeque<>();
    private final Search search;
    private long at;
    private long end;
    private int fruitless;

    /** Reads bytes of the new content. */
    @FunctionalInterface
    public interface Source {
        /** Fills the buffer from a position; throws if the content ends before. */
        void read(long position, ByteBuffer into) throws IOException;
    }

    /** A stretch of the older content. */
    public record Range(long offset, long length) {}

    /** What the new content goes on with. */
    public sealed interface Part {
        /** Stretches of the older content. */
        record Copy(List<Range> ranges) implements Part {}

        /** Bytes of its own. */
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Data(byte[] bytes) implements Part {}
    }

    public Delta(Blocks fresh, Blocks base, Source source) {
        this.fresh = fresh;
        this.base = base;
        this.source = source;
        for (int i = base.count() - 1; i >= 0; i--) {
            known.put(base.digests().get(i), i);
        }
        search = new Search(base);
    }

    /** Returns the next part; null at the end of the content. */
    public @Nullable Part next() throws IOException {
        while (ready.isEmpty()) {
            if (at == fresh.size()) {
                return null;
            }
            if (at % Digest.BLOCK == 0 && find(block(at)) >= 0) {
                return copies();
            }
            window();
        }
        return ready.remove();
    }

    private int block(long position) {
        return (int) (position / Digest.BLOCK);
    }

    /** Returns a block of the older content with the same bytes, the one at the same place if it is one; else -1. */
    private int find(int block) {
        Digest digest = fresh.digests().get(block);
        if (block < base.count() && base.digests().get(block).equals(digest)) {
            return block;
        }
        return known.getOrDefault(digest, -1);
    }

    private Part copies() {
        List<Range> ranges = new ArrayList<>();
        int found;
        while (at < fresh.size() && (found = find(block(at))) >= 0) {
            Range next = new Range((long) found * Digest.BLOCK, fresh.length(block(at)));
            if (!extend(ranges, next)) {
                if (ranges.size() == MAX_RANGES) {
                    break;
                }
                ranges.add(next);
            }
            at += next.length();
        }
        return new Part.Copy(ranges);
    }

    private static boolean extend(List<Range> ranges, Range next) {
        if (ranges.isEmpty()) {
            return false;
        }
        Range last = ranges.get(ranges.size() - 1);
        if (last.offset() + last.length() != next.offset()) {
            return false;
        }
        ranges.set(ranges.size() - 1, new Range(last.offset(), last.length() + next.length()));
        return true;
    }

    /** Returns where the next block begins that is known as it stands; only what is before that is read. */
    private long nextKnown() {
        for (int i = block(at) + 1; i < fresh.count(); i++) {
            if (find(i) >= 0) {
                return (long) i * Digest.BLOCK;
            }
        }
        return fresh.size();
    }

    private void window() throws IOException {
        if (at >= end) {
            end = nextKnown();
        }
        byte[] bytes = new byte[(int) Math.min(WINDOW, end - at)];
        source.read(at, ByteBuffer.wrap(bytes));
        boolean last = at + bytes.length == end;
        int from = 0;
        int i = 0;
        List<Range> ranges = new ArrayList<>();
        while (fruitless < MAX_FRUITLESS) {
            int before = i;
            i = search.next(bytes, i);
            if (i < 0) {
                i = Math.max(before, bytes.length - Digest.BLOCK + 1);
                fruitless += i - before;
                break;
            }
            if (i > from) {
                copied(ranges);
                data(bytes, from, i);
            }
            Range next = new Range((long) search.found() * Digest.BLOCK, Digest.BLOCK);
            if (!extend(ranges, next)) {
                ranges.add(next);
            }
            i += Digest.BLOCK;
            from = i;
            fruitless = 0;
        }
        copied(ranges);
        int upTo = last || fruitless >= MAX_FRUITLESS ? bytes.length : i;
        data(bytes, from, upTo);
        at += upTo;
    }

    private void copied(List<Range> ranges) {
        if (!ranges.isEmpty()) {
            ready.add(new Part.Copy(List.copyOf(ranges)));
            ranges.clear();
        }
    }

    private void data(byte[] bytes, int from, int end) {
        for (int at = from; at < end; at += MAX_BYTES) {
            ready.add(new Part.Data(java.util.Arrays.copyOfRange(bytes, at, Math.min(end, at + MAX_BYTES))));
        }
    }
}
