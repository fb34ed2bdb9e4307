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
    private final PathFolder top = new PathFolder();
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    @Nullable
    V get(String path) {
        Object slot = slot(path);
        return slot == null ? null : value(slot);
    }

    boolean contains(String path) {
        return get(path) != null;
    }

    void put(String path, V value) {
        byte[] bytes = bytes(path);
        PathFolder folder = top;
        for (int from = 1; from < bytes.length; ) {
            int to = end(bytes, from);
            int at = folder.find(bytes, from, to);
            boolean last = to == bytes.length;
            if (at < 0) {
                at = -at - 1;
                folder.insert(at, Arrays.copyOfRange(bytes, from, to), last ? value : new PathFolder());
                size += last ? 1 : 0;
            } else if (!(folder.slots[at] instanceof PathFolder)) {
                folder.slots[at] = last ? value : folderOf(folder.slots[at]);
            } else if (last) {
                set((PathFolder) folder.slots[at], value);
            }
            if (last) {
                return;
            }
            folder = (PathFolder) folder.slots[at];
            from = to + 1;
        }
        set(folder, value);
    }

    private static PathFolder folderOf(Object value) {
        PathFolder folder = new PathFolder();
        folder.value = value;
        return folder;
    }

    private void set(PathFolder folder, V value) {
        size += folder.value == null ? 1 : 0;
        folder.value = value;
    }

    /** Removes a path's value; what is below it stays. Returns whether there was one. */
    boolean remove(String path) {
        int before = size;
        without(top, bytes(path), 1);
        return size < before;
    }

    /** Returns what is left in a slot without the path's value: null where that is nothing. */
    private @Nullable Object without(Object slot, byte[] path, int from) {
        if (from >= path.length) {
            size -= value(slot) == null ? 0 : 1;
            if (slot instanceof PathFolder folder) {
                folder.value = null;
            }
            return slot instanceof PathFolder folder ? trimmed(folder) : null;
        }
        if (!(slot instanceof PathFolder folder)) {
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

    private static @Nullable Object trimmed(PathFolder folder) {
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
        Object slot = slot(path);
        if (slot != null) {
            visit(new StringBuilder(path.equals("/") ? "" : path), slot, onward(visitor), false);
        }
    }

    /** Returns whether there are paths strictly below {@code path}. */
    boolean hasBelow(String path) {
        return slot(path) instanceof PathFolder folder && folder.count > 0;
    }

    private @Nullable Object slot(String path) {
        byte[] bytes = bytes(path);
        Object slot = top;
        for (int from = 1; from < bytes.length && slot != null; ) {
            int to = end(bytes, from);
            int at = slot instanceof PathFolder folder ? folder.find(bytes, from, to) : -1;
            slot = at < 0 ? null : ((PathFolder) slot).slots[at];
            from = to + 1;
        }
        return slot;
    }

    /** Returns up to {@code most} paths, those that come first. */
    List<String> first(int most) {
        return first(most, value -> true);
    }

    /** Returns up to {@code most} paths whose value is such, those that come first. */
    List<String> first(int most, Predicate<V> such) {
        List<String> first = new ArrayList<>();
        BiPredicate<String, V> visitor = (path, value) -> {
            if (such.test(value)) {
                first.add(path);
            }
            return first.size() < most;
        };
        visit(new StringBuilder(), top, visitor, true);
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
        if (slot instanceof PathFolder folder) {
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
        return new Taking(most, ready, false).all();
    }

    /** Takes up to {@code most} paths out, each after what is below it, leaving those that are not to be taken yet. */
    List<String> takeFromBelow(int most, Predicate<String> ready) {
        return new Taking(most, ready, true).all();
    }

    /** One way through the tree that takes paths out. */
    private final class Taking {
        private final int most;
        private final Predicate<String> ready;
        private final boolean fromBelow;
        private final StringBuilder path = new StringBuilder();
        private final List<String> taken = new ArrayList<>();

        Taking(int most, Predicate<String> ready, boolean fromBelow) {
            this.most = most;
            this.ready = ready;
            this.fromBelow = fromBelow;
        }

        List<String> all() {
            visit(top);
            size -= taken.size();
            return taken;
        }

        /** Returns what is left in a slot; null where that is nothing. */
        private @Nullable Object visit(Object slot) {
            boolean takes = !fromBelow && takes(slot);
            if (slot instanceof PathFolder folder) {
                visitBelow(folder);
                takes = takes || (fromBelow && folder.count == 0 && takes(slot));
                folder.value = takes ? null : folder.value;
                return trimmed(folder);
            }
            return takes || (fromBelow && takes(slot)) ? null : slot;
        }

        private boolean takes(Object slot) {
            boolean takes = taken.size() < most && value(slot) != null && ready.test(text(path));
            if (takes) {
                taken.add(text(path));
            }
            return takes;
        }

        private void visitBelow(PathFolder folder) {
            int length = path.length();
            int read = 0;
            int left = 0;
            for (; read < folder.count && taken.size() < most; read++) {
                append(path, folder.names[read]);
                Object rest = visit(folder.slots[read]);
                path.setLength(length);
                if (rest != null) {
                    folder.names[left] = folder.names[read];
                    folder.slots[left++] = rest;
                }
            }
            System.arraycopy(folder.names, read, folder.names, left, folder.count - read);
            System.arraycopy(folder.slots, read, folder.slots, left, folder.count - read);
            folder.shorten(left + folder.count - read);
        }
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
        return (V) (slot instanceof PathFolder folder ? folder.value : slot);
    }
}
