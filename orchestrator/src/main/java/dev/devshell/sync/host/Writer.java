package dev.devshell.sync.host;

import dev.devshell.sync.core.Node;
import dev.devshell.sync.host.DiskException.Kind;
import dev.devshell.sync.host.WriteResult.Applied;
import dev.devshell.sync.host.WriteResult.Code;
import dev.devshell.sync.host.WriteResult.Failed;
import dev.devshell.sync.host.WriteResult.Mismatch;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes writes to the tree: refuses, compares, and leaves the rest to {@link Replacement}. On the tree's thread. */
final class Writer {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final int ATTEMPTS = 3;

    private final Tree tree;
    private final Teller teller;
    private final Predicate<String> protects;
    private final Keeper keeper;

    Writer(Tree tree, Teller teller, Predicate<String> protects, Keeper keeper) {
        this.tree = tree;
        this.teller = teller;
        this.protects = protects;
        this.keeper = keeper;
    }

    WriteResult write(HostWrite write) {
        return guarded(write, () -> apply(write));
    }

    /** Deletes paths of one directory, which is opened once for all. */
    List<WriteResult> delete(List<HostWrite> deletions) {
        String parent = TreePath.parent(deletions.get(0).path());
        try (Dir dir = Dirs.open(tree.root(), parent)) {
            if (known(parent)) {
                return deletions.stream()
                        .map(deletion -> guarded(deletion, () -> apply(deletion, dir)))
                        .toList();
            }
        } catch (IOException e) {
            LOG.debug("{} cannot be opened for a few deletions, so each tries itself", parent, e);
        }
        return deletions.stream().map(this::write).toList();
    }

    private interface Change {
        WriteResult make() throws IOException;
    }

    private WriteResult guarded(HostWrite write, Change change) {
        try {
            WriteResult refused = refusal(write);
            return refused != null ? refused : change.make();
        } catch (IOException e) {
            return failed(e);
        } finally {
            discard(write.content());
            teller.flush();
        }
    }

    private static void discard(HostContent content) {
        if (content instanceof HostContent.Staged staged) {
            try {
                Files.deleteIfExists(staged.file());
            } catch (IOException e) {
                LOG.warn("Unable to delete {}", staged.file(), e);
            }
        }
    }

    private @Nullable WriteResult refusal(HostWrite write) {
        String path = write.path();
        boolean directory =
                (write.target() instanceof Node.Absent ? write.expected() : write.target()) instanceof Node.Directory;
        if (!TreePath.valid(path)) {
            return new Failed(Code.NAME, "not a path that can be written: " + path);
        } else if (protects.test(path)) {
            return new Failed(Code.PROTECTED, "protected: " + path);
        } else if (tree.ignores(path, directory) || TemporaryName.is(TreePath.name(path))) {
            return new Failed(Code.PROTECTED, "ignored: " + path);
        } else if (write.target() instanceof Node.Link link && !link.staysInside(path)) {
            return new Failed(Code.LINK_TARGET, "the link leaves the directory: " + path + " -> " + link.target());
        }
        return write.target().portable() ? null : new Failed(Code.IO, "not something that can be written: " + path);
    }

    private WriteResult apply(HostWrite write) throws IOException {
        String parent = TreePath.parent(write.path());
        try (Dir dir = opened(parent, write)) {
            if (dir == null) {
                tree.look(write.path());
                return write.expected() instanceof Node.Absent
                        ? new Applied(HostEntry.ABSENT)
                        : new Mismatch(tree.snapshot().view(write.path()));
            }
            if (known(parent)) {
                return apply(write, dir);
            }
            // RACE: a directory that is not ignored was there a moment ago, and is not any more.
            return tree.ignores(parent, true)
                    ? new Failed(Code.PROTECTED, "its directory is ignored: " + parent)
                    : new Mismatch(tree.snapshot().view(write.path()));
        }
    }

    /** Opens the directory of what is to be written, and makes it if need be; null where it is not there and is not wanted. */
    private @Nullable Dir opened(String parent, HostWrite write) throws IOException {
        try {
            return Dirs.open(tree.root(), parent);
        } catch (DiskException e) {
            if (!e.is(Kind.ABSENT)) {
                throw e;
            }
        }
        if (!(write.expected() instanceof Node.Absent) || write.target() instanceof Node.Absent) {
            return null;
        }
        make(parent);
        return Dirs.open(tree.root(), parent);
    }

    private boolean standing(String path) throws IOException {
        try {
            Dirs.open(tree.root(), path).close();
            return true;
        } catch (DiskException e) {
            if (e.is(Kind.ABSENT)) {
                return false;
            }
            throw e;
        }
    }

    /** Creates a directory and its missing parents; the listeners hear of each. */
    private void make(String path) throws IOException {
        String parent = TreePath.parent(path);
        if (!standing(parent)) {
            make(parent);
        }
        try (Dir dir = Dirs.open(tree.root(), parent)) {
            Stat like = dir.self();
            String name = TreePath.name(path);
            dir.mkdir(name, 0777);
            dir.chown(name, like.uid(), like.gid());
        } catch (DiskException e) {
            if (!e.is(Kind.EXISTS)) {
                throw e;
            }
        }
    }

    /** Makes sure that the snapshot has a directory, whose event may not have come yet. */
    private boolean known(String path) {
        if (tree.snapshot().folder(path) != null) {
            return true;
        }
        if (!path.isEmpty() && known(TreePath.parent(path))) {
            tree.look(path);
        }
        return tree.snapshot().folder(path) != null;
    }

    private WriteResult apply(HostWrite write, Dir dir) throws IOException {
        String path = write.path();
        HostEntry now = HostEntry.ABSENT;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Stat stat = tree.look(dir, path, false);
            Entry entry = tree.snapshot().find(path);
            now = tree.snapshot().view(path);
            if (!now.node().equals(write.expected()) || !now.node().portable()) {
                return new Mismatch(now);
            } else if (now.node().equals(write.target())) {
                return new Applied(now);
            }
            if (stat == null ? entry == null : entry != null && entry.signedBy(stat)) {
                // what the looks so far found was somebody else's
                teller.flush();
                WriteResult result = new Replacement(tree, keeper, dir, write, now, stat).make();
                teller.flushWritten();
                return result;
            }
        }
        // it changes faster than it can be looked at
        return new Mismatch(now);
    }

    private static Failed failed(IOException e) {
        String message = String.valueOf(e.getMessage());
        if (!(e instanceof DiskException disk)) {
            return new Failed(Code.IO, message);
        }
        Code code = switch (disk.kind()) {
            case NO_SPACE -> Code.NO_SPACE;
            case READ_ONLY -> Code.READ_ONLY;
            case DENIED -> Code.DENIED;
            case LINK -> Code.LINK_IN_PATH;
            case NOT_DIRECTORY -> Code.PARENT;
            case NAME -> Code.NAME;
            case ABSENT, EXISTS, NOT_EMPTY, UNSUPPORTED, CROSS_DEVICE, LIMIT, IO -> Code.IO;
        };
        return new Failed(code, message);
    }
}
