package dev.devshell.sync.host;

import dev.devshell.sync.core.Node;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A directory in the snapshot, its children in one sorted array: a path costs its name and its entry, and a project may
 * have a million.
 */
final class Folder extends Entry {
    /** The limit of watches left none for it. */
    static final int UNWATCHED = -1;
    /** The watch it had is gone, so it is to be listed again. */
    static final int LOST = -2;

    private static final Entry[] NONE = {};

    /** Whether the directory is ignored itself, and here only for what is below it. */
    final boolean hidden;

    private Entry[] children = NONE;
    private int count;
    private int watch = UNWATCHED;

    Folder(String name, Stat stat, boolean hidden) {
        super(name, Node.directory(), stat, false);
        this.hidden = hidden;
    }

    /** Returns this directory with other attributes; it takes the children over. */
    Folder withStat(Stat stat) {
        Folder other = new Folder(name, stat, hidden);
        other.children = children;
        other.count = count;
        other.watch = watch;
        return other;
    }

    int watch() {
        return watch;
    }

    void watch(int number) {
        watch = number;
    }

    int size() {
        return count;
    }

    Entry child(int index) {
        return children[index];
    }

    @Nullable
    Entry get(String childName) {
        int at = find(childName);
        return at < 0 ? null : children[at];
    }

    void put(Entry child) {
        int at = find(child.name);
        if (at >= 0) {
            children[at] = child;
            return;
        }
        at = -at - 1;
        if (count == children.length) {
            children = Arrays.copyOf(children, Math.max(4, count + (count >> 1)));
        }
        System.arraycopy(children, at, children, at + 1, count - at);
        children[at] = child;
        count++;
    }

    /** Takes sorted children over, all at once. */
    void fill(Entry[] sorted) {
        children = sorted;
        count = sorted.length;
    }

    @SuppressWarnings("NullAway") // the slot behind the last child
    void remove(String childName) {
        int at = find(childName);
        if (at >= 0) {
            System.arraycopy(children, at + 1, children, at, count - at - 1);
            children[--count] = null;
        }
    }

    private int find(String childName) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = children[middle].name.compareTo(childName);
            if (order == 0) {
                return middle;
            } else if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }
}
