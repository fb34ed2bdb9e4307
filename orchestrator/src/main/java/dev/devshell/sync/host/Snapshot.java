package dev.devshell.sync.host;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What stands where. Only the tree's thread changes it; other threads may look up single paths. */
final class Snapshot {
    private Folder root;

    Snapshot(Folder root) {
        this.root = root;
    }

    /** Returns the entry of a path as the outside sees it. */
    synchronized HostEntry view(String path) {
        Entry entry = find(path);
        return entry == null || (entry instanceof Folder folder && folder.hidden) ? HostEntry.ABSENT : entry.view();
    }

    @Nullable
    Entry find(String path) {
        Folder folder = root;
        int start = 0;
        while (start < path.length()) {
            int slash = path.indexOf('/', start);
            Entry entry = folder.get(path.substring(start, slash < 0 ? path.length() : slash));
            if (slash < 0) {
                return entry;
            } else if (!(entry instanceof Folder next)) {
                return null;
            } else {
                folder = next;
                start = slash + 1;
            }
        }
        return folder;
    }

    @Nullable
    Folder folder(String path) {
        return find(path) instanceof Folder folder ? folder : null;
    }

    /** Puts an entry where its parent directory is known; whatever was there is gone. */
    synchronized void put(String path, Entry entry) {
        if (path.isEmpty()) {
            root = (Folder) entry;
            return;
        }
        Folder parent = folder(TreePath.parent(path));
        if (parent == null) {
            throw new IllegalStateException("the parent is not in the snapshot: " + path);
        }
        parent.put(entry);
    }

    synchronized void remove(String path) {
        Folder parent = folder(TreePath.parent(path));
        if (parent != null) {
            parent.remove(TreePath.name(path));
        }
    }

    /** Walks the path itself and everything below it, parents first, in the order of names. */
    void walk(String path, BiConsumer<String, Entry> visitor) {
        Entry entry = find(path);
        if (entry != null) {
            walk(path, entry, visitor);
        }
    }

    static void walk(String path, Entry entry, BiConsumer<String, Entry> visitor) {
        visitor.accept(path, entry);
        if (entry instanceof Folder folder) {
            for (int i = 0; i < folder.size(); i++) {
                walk(TreePath.child(path, folder.child(i).name), folder.child(i), visitor);
            }
        }
    }
}
