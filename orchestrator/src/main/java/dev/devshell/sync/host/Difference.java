package dev.devshell.sync.host;

import org.jspecify.annotations.Nullable;

/** Tells how a part of the snapshot differs from what it was: parents before children, deleted children before parents. */
final class Difference {
    private final Teller teller;
    private final Watches watches;
    private final @Nullable Scan scan;

    /** Takes contents from {@code scan}, if there was one. */
    Difference(Teller teller, Watches watches, @Nullable Scan scan) {
        this.teller = teller;
        this.watches = watches;
        this.scan = scan;
    }

    void tell(String path, @Nullable Entry old, Entry now) {
        if (old == now) {
            return;
        }
        if (old instanceof Folder before && now instanceof Folder after) {
            forgetWatch(path, before, after.watch());
            if (before.hidden && !after.hidden) {
                add(path, after);
            }
            children(path, before, after);
            if (!before.hidden && after.hidden) {
                teller.add(path, HostEntry.ABSENT, null);
            }
        } else if (old == null) {
            added(path, now);
        } else {
            if (old instanceof Folder before) {
                removed(path, before, false);
            }
            if (!old.node.equals(now.node)) {
                add(path, now);
            }
            if (now instanceof Folder after) {
                addedBelow(path, after);
            }
        }
    }

    /** Goes through both sorted lists of children side by side. */
    private void children(String path, Folder before, Folder after) {
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            Entry old = i < before.size() ? before.child(i) : null;
            Entry now = j < after.size() ? after.child(j) : null;
            int order = old == null ? 1 : now == null ? -1 : old.name.compareTo(now.name);
            if (order < 0 && old != null) {
                removed(TreePath.child(path, old.name), old, true);
                i++;
            } else if (order > 0 && now != null) {
                added(TreePath.child(path, now.name), now);
                j++;
            } else if (now != null) {
                tell(TreePath.child(path, now.name), old, now);
                i++;
                j++;
            }
        }
    }

    private void added(String path, Entry entry) {
        if (!teller.heard()) {
            return;
        }
        add(path, entry);
        if (entry instanceof Folder folder) {
            addedBelow(path, folder);
        }
    }

    private void addedBelow(String path, Folder folder) {
        for (int i = 0; i < folder.size(); i++) {
            added(TreePath.child(path, folder.child(i).name), folder.child(i));
        }
    }

    private void add(String path, Entry entry) {
        if (!(entry instanceof Folder folder && folder.hidden)) {
            teller.add(path, entry.view(), scan == null ? null : scan.contents.get(path));
        }
    }

    /** Tells that an entry is gone with everything below it; of itself only when {@code whole}. */
    void removed(String path, Entry entry, boolean whole) {
        if (entry instanceof Folder folder) {
            forgetWatch(path, folder, Folder.UNWATCHED);
            for (int i = 0; i < folder.size(); i++) {
                removed(TreePath.child(path, folder.child(i).name), folder.child(i), true);
            }
        }
        if (whole && !(entry instanceof Folder folder && folder.hidden)) {
            teller.add(path, HostEntry.ABSENT, null);
        }
    }

    private void forgetWatch(String path, Folder folder, int now) {
        if (folder.watch() != now) {
            watches.remove(path, folder.watch());
        }
    }
}
