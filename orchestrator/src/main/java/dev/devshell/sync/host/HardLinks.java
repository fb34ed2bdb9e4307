package dev.devshell.sync.host;

import dev.devshell.sync.core.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Files of several names: the event of a change names one of them, and what stands at the others is another content too. They are
 * found by their inode, in one walk of the snapshot for all that changed since the last.
 */
final class HardLinks {
    /** Beyond this, what was answered is forgotten: at worst a file is looked at once more. */
    private static final int MOST = 10_000;

    /** Of each file, the change for which its other names were looked at. */
    private final Map<Long, Long> answered = new HashMap<>();

    private final Set<Long> changed = new HashSet<>();

    /** Notes that a file was found changed under one of its names. */
    void found(Stat stat) {
        if (stat.links() > 1 && !Long.valueOf(stat.ctime()).equals(answered.put(stat.inode(), stat.ctime()))) {
            changed.add(stat.inode());
        }
        if (answered.size() > MOST) {
            answered.clear();
        }
    }

    /** Takes the names of what was found changed, as far as the snapshot knows them. */
    List<String> take(Snapshot snapshot) {
        List<String> names = new ArrayList<>();
        Folder root = snapshot.folder("");
        if (root != null && !changed.isEmpty()) {
            collect("", root, names);
        }
        changed.clear();
        return names;
    }

    private void collect(String path, Folder folder, List<String> names) {
        for (int i = 0; i < folder.size(); i++) {
            Entry child = folder.child(i);
            if (child instanceof Folder below) {
                collect(TreePath.child(path, child.name), below, names);
            } else if (child.node instanceof Node.File && changed.contains(child.inode)) {
                names.add(TreePath.child(path, child.name));
            }
        }
    }
}
