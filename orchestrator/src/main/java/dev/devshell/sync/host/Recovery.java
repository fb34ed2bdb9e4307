package dev.devshell.sync.host;

import dev.devshell.sync.core.Node;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Clears away what writes left that a crash cut short, once the keeper has it: it may be the only copy of a version. */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final Tree tree;
    private final Keeper keeper;

    Recovery(Tree tree, Keeper keeper) {
        this.tree = tree;
        this.keeper = keeper;
    }

    void recover(List<String> stale) {
        for (String path : stale) {
            try (Dir dir = Dirs.open(tree.root(), TreePath.parent(path))) {
                recover(dir, path);
            } catch (IOException e) {
                // it stays, and the next start tries again
                LOG.warn("Unable to keep what a crash left at {}", path, e);
            }
        }
    }

    private void recover(Dir dir, String path) throws IOException {
        String name = TreePath.name(path);
        String original = TreePath.child(TreePath.parent(path), TemporaryName.original(name));
        Stat stat = dir.stat(name);
        if (stat == null) {
            return;
        } else if (stat.kind() == Stat.Kind.DIRECTORY) {
            dir.rmdir(name);
            return;
        } else if (stat.kind() == Stat.Kind.FILE) {
            Reader.Read read = Reader.read(dir, name, stat);
            if (read != null) {
                keep(dir, name, original, read.entry().view());
            }
        } else if (stat.kind() == Stat.Kind.LINK) {
            Node link = new Node.Link(dir.readLink(name));
            keep(dir, name, original, new HostEntry(link, stat.mode(), 0, stat.mtime()));
        }
        dir.unlink(name);
    }

    private void keep(Dir dir, String name, String original, HostEntry entry) throws IOException {
        Keeper.OldContent content = () -> Channels.newInputStream(dir.read(name));
        keeper.keep(original, entry, content, Keeper.Reason.RACED, null);
    }
}
