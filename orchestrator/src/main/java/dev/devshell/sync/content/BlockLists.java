package dev.devshell.sync.content;

import dev.devshell.sync.core.Digest;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The blocks of the large contents that were hashed last, by digest; a bounded number. Any thread may call. */
public final class BlockLists {
    /** 96 bytes each: 25 MiB at most, for 32 GiB of files. */
    private static final int MAX_BLOCKS = 1 << 18;

    /** What is known of a content by its digest is true wherever it is, so one table serves the whole process. */
    private static final BlockLists SHARED = new BlockLists(MAX_BLOCKS);

    private final Map<Digest, Blocks> lists = new LinkedHashMap<>(16, 0.75f, true);
    private final int limit;
    private int held;

    public static BlockLists shared() {
        return SHARED;
    }

    BlockLists(int limit) {
        this.limit = limit;
    }

    /** Keeps the blocks of a content, at the cost of those that nobody has asked for. */
    public synchronized void add(Digest digest, Blocks blocks) {
        Blocks before = lists.put(digest, blocks);
        held += blocks.count() - (before == null ? 0 : before.count());
        Iterator<Blocks> oldest = lists.values().iterator();
        while (held > limit && oldest.hasNext()) {
            held -= oldest.next().count();
            oldest.remove();
        }
    }

    public synchronized @Nullable Blocks find(Digest digest) {
        return lists.get(digest);
    }
}
