package dev.devshell.sync;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A map from absolute paths to values, held as the tree that the paths are: each costs its last name and two references, for there may be a million of them. What
 * is below a path comes after it; among names, the order is that of their bytes.
 *
 * <p>Not thread-safe.
 */
final class PathTree<V> {
    private final Folder top = new Folder();
    private int size;

    /** A path that something is below, with its own value if it has one. A path with nothing below is its bare value. */
    private static final class Folder {
        private static final byte[][] NO_NAMES = {};
        private static final Object[] NO_SLOTS = {};

        @Nullable
        Object value;

        private byte[][] names = NO_NAMES;
        private Object[] slots = NO_SLOTS;
        private int count;

        /** Returns where the name stands, or {@code -(where it belongs) - 1}. */
        private int find(byte[] path, int from, int to) {
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

        private void insert(int at, byte[] name, Object slot) {
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

        private void remove(int at) {
            System.arraycopy(names, at + 1, names, at, count - at - 1);
            System.arraycopy(slots, at + 1, slots, at, count - at - 1);
            shorten(count - 1);
        }

        private void shorten(int left) {
            Arrays.fill(names, left, count, null);
            Arrays.fill(slots, left, count, null);
            count = left;
        }
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    @Nullable
    V get(String path) {
        byte[] bytes = bytes(path);
        Object slot = top;
        for (int from = 1; from < bytes.length && slot != null; ) {
            int to = end(bytes, from);
            int at = slot instanceof Folder folder ? folder.find(bytes, from, to) : -1;
            slot = at < 0 ? null : ((Folder) slot).slots[at];
            from = to + 1;
        }
        return slot == null ? null : value(slot);
    }

    boolean contains(String path) {
        return get(path) != null;
    }

    void put(String path, V value) {
        byte[] bytes = bytes(path);
        Folder folder = top;
        for (int from = 1; from < bytes.length; ) {
            int to = end(bytes, from);
            int at = folder.find(bytes, from, to);
            boolean last = to == bytes.length;
            if (at < 0) {
                at = -at - 1;
                folder.insert(at, Arrays.copyOfRange(bytes, from, to), last ? value : new Folder());
                size += last ? 1 : 0;
            } else if (!(folder.slots[at] instanceof Folder)) {
                folder.slots[at] = last ? value : folderOf(folder.slots[at]);
            } else if (last) {
                set((Folder) folder.slots[at], value);
            }
            if (last) {
                return;
            }
            folder = (Folder) folder.slots[at];
            from = to + 1;
        }
        set(folder, value);
    }

    private static Folder folderOf(Object value) {
        Folder folder = new Folder();
        folder.value = value;
        return folder;
    }

    private void set(Folder folder, V value) {
        size += folder.value == null ? 1 : 0;
        folder.value = value;
    }

    /** Removes a path's value; what is below it stays. */
    void remove(String path) {
        without(top, bytes(path), 1);
    }

    /** Returns what is left in a slot without the path's value: null where that is nothing. */
    private @Nullable Object without(Object slot, byte[] path, int from) {
        if (from >= path.length) {
            size -= value(slot) == null ? 0 : 1;
            if (slot instanceof Folder folder) {
                folder.value = null;
            }
            return slot instanceof Folder folder ? trimmed(folder) : null;
        }
        if (!(slot instanceof Folder folder)) {
            return slot;
        }
        int to = end(path, from);
        int at = folder.find(path, from, to);
        if (at >= 0) {
            Object left = without(folder.slots[at], path, to + 1);
            if (left == null) {
                folder.remove(at);
            } else {
                folder.slots[at] = left;
            }
        }
        return trimmed(folder);
    }

    private static @Nullable Object trimmed(Folder folder) {
        return folder.count == 0 ? folder.value : folder;
    }

    void clear() {
        top.value = null;
        top.shorten(0);
        size = 0;
    }

    /** Visits all paths; the tree must hold still meanwhile. */
    void forEach(BiConsumer<String, V> visitor) {
        visit(new StringBuilder(), top, onward(visitor), true);
    }

    /** Visits the paths strictly below {@code path}. */
    void below(String path, BiConsumer<String, V> visitor) {
        byte[] bytes = bytes(path);
        Object slot = top;
        for (int from = 1; from < bytes.length; ) {
            int to = end(bytes, from);
            int at = slot instanceof Folder folder ? folder.find(bytes, from, to) : -1;
            if (at < 0) {
                return;
            }
            slot = ((Folder) slot).slots[at];
            from = to + 1;
        }
        visit(new StringBuilder(path.equals("/") ? "" : path), slot, onward(visitor), false);
    }

    /** Returns up to {@code most} paths, those that come first. */
    List<String> first(int most) {
        List<String> first = new ArrayList<>();
        visit(new StringBuilder(), top, (path, value) -> first.size() < most && first.add(path), true);
        return first;
    }

    private static <V> BiPredicate<String, V> onward(BiConsumer<String, V> visitor) {
        return (path, value) -> {
            visitor.accept(path, value);
            return true;
        };
    }

    /** Visits until the visitor has seen enough; returns whether it has not. */
    private boolean visit(StringBuilder path, Object slot, BiPredicate<String, V> visitor, boolean self) {
        V value = value(slot);
        boolean onward = !self || value == null || visitor.test(text(path), value);
        if (slot instanceof Folder folder) {
            int length = path.length();
            for (int i = 0; onward && i < folder.count; i++) {
                append(path, folder.names[i]);
                onward = visit(path, folder.slots[i], visitor, true);
                path.setLength(length);
            }
        }
        return onward;
    }

    /** Takes up to {@code most} paths out, those first that come first, leaving those that are not to be taken yet. */
    List<String> take(int most, Predicate<String> ready) {
        List<String> taken = new ArrayList<>();
        take(new StringBuilder(), top, most, ready, taken);
        size -= taken.size();
        return taken;
    }

    private @Nullable Object take(
            StringBuilder path, Object slot, int most, Predicate<String> ready, List<String> taken) {
        boolean takes = taken.size() < most && value(slot) != null && ready.test(text(path));
        if (takes) {
            taken.add(text(path));
        }
        if (!(slot instanceof Folder folder)) {
            return takes ? null : slot;
        }
        if (takes) {
            folder.value = null;
        }
        int length = path.length();
        int read = 0;
        int left = 0;
        for (; read < folder.count && taken.size() < most; read++) {
            append(path, folder.names[read]);
            Object rest = take(path, folder.slots[read], most, ready, taken);
            path.setLength(length);
            if (rest != null) {
                folder.names[left] = folder.names[read];
                folder.slots[left++] = rest;
            }
        }
        System.arraycopy(folder.names, read, folder.names, left, folder.count - read);
        System.arraycopy(folder.slots, read, folder.slots, left, folder.count - read);
        folder.shorten(left + folder.count - read);
        return trimmed(folder);
    }

    private static void append(StringBuilder path, byte[] name) {
        path.append('/').append(new String(name, StandardCharsets.UTF_8));
    }

    private static String text(StringBuilder path) {
        return path.isEmpty() ? "/" : path.toString();
    }

    private static byte[] bytes(String path) {
        return path.getBytes(StandardCharsets.UTF_8);
    }

    private static int end(byte[] path, int from) {
        int to = from;
        while (to < path.length && path[to] != '/') {
            to++;
        }
        return to;
    }

    @SuppressWarnings("unchecked") // a slot holds a folder or what was put
    private @Nullable V value(Object slot) {
        return (V) (slot instanceof Folder folder ? folder.value : slot);
    }
}
