package dev.devshell.sync;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A path of a {@link PathTree} that something is below, with its own value if it has one. A path with nothing below is its bare value. The names are those of a
 * directory, sorted; each slot holds a folder or a value.
 */
final class PathFolder {
    private static final byte[][] NO_NAMES = {};
    private static final Object[] NO_SLOTS = {};

    @Nullable
    Object value;

    byte[][] names = NO_NAMES;
    Object[] slots = NO_SLOTS;
    int count;

    /** Returns where the name stands, or {@code -(where it belongs) - 1}. */
    int find(byte[] path, int from, int to) {
        int low = 0;
        int high = count - 1;
        // mostly names come in their order
        int middle = high;
        while (low <= high) {
            byte[] name = names[middle];
            int order = Arrays.compareUnsigned(name, 0, name.length, path, from, to);
            if (order == 0) {
                return middle;
            } else if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
            middle = (low + high) >>> 1;
        }
        return -low - 1;
    }

    void insert(int at, byte[] name, Object slot) {
        if (count == names.length) {
            int room = Math.max(4, count + (count >> 2));
            names = Arrays.copyOf(names, room);
            slots = Arrays.copyOf(slots, room);
        }
        System.arraycopy(names, at, names, at + 1, count - at);
        System.arraycopy(slots, at, slots, at + 1, count - at);
        names[at] = name;
        slots[at] = slot;
        count++;
    }

    void remove(int at) {
        System.arraycopy(names, at + 1, names, at, count - at - 1);
        System.arraycopy(slots, at + 1, slots, at, count - at - 1);
        shorten(count - 1);
    }

    void shorten(int left) {
        Arrays.fill(names, left, count, null);
        Arrays.fill(slots, left, count, null);
        count = left;
    }
}
