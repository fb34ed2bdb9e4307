package dev.devshell.sync.host;

import dev.devshell.DevshellException;
import dev.devshell.sync.core.Node;
import dev.devshell.sync.host.DiskException.Kind;
import dev.devshell.sync.host.WriteResult.Applied;
import dev.devshell.sync.host.WriteResult.Mismatch;
import dev.devshell.sync.host.WriteResult.NotEmpty;
import java.io.IOException;
import java.nio.channels.Channels;
import org.jspecify.annotations.Nullable;

/**
 * One replacement of what stands at a path by something else: made ready beside it, kept, compared as late as can be, then
 * swapped at once, and what the swap brought out is looked at again (rules 1, 4, 5).
 */
final class Replacement {
    private final Tree tree;
    private final Keeper keeper;
    private final Dir dir;
    private final HostWrite write;
    private final HostEntry old;
    private final @Nullable Stat before;
    private final String name;
    private final String temporary;
    /** Whether what has the temporary name is what this write staged, and not a version that the swap brought out. */
    private boolean staged;

    Replacement(Tree tree, Keeper keeper, Dir dir, HostWrite write, HostEntry old, @Nullable Stat before) {
        this.tree = tree;
        this.keeper = keeper;
        this.dir = dir;
        this.write = write;
        this.old = old;
        this.before = before;
        name = TreePath.name(write.path());
        temporary = TemporaryName.next(name);
    }

    WriteResult make() throws IOException {
        try {
            return swapIn();
        } finally {
            TemporaryName.release(temporary);
        }
    }

    private WriteResult swapIn() throws IOException {
        Node target = write.target();
        if (before == null) {
            return target instanceof Node.Directory ? makeDirectory() : create();
        } else if (target instanceof Node.Absent) {
            return before.kind() == Stat.Kind.DIRECTORY ? deleteDirectory() : delete(before);
        } else if (target instanceof Node.File file
                && old.node() instanceof Node.File current
                && file.digest().equals(current.digest())) {
            return changeMode(before, file);
        }
        return replace(before);
    }

    private WriteResult makeDirectory() throws IOException {
        try {
            Staging.stage(dir, write, name, null);
        } catch (DiskException e) {
            if (e.is(Kind.EXISTS)) {
                return mismatch();
            }
            throw e;
        }
        tree.look(dir, write.path(), false);
        return new Applied(tree.snapshot().view(write.path()));
    }

    private WriteResult create() throws IOException {
        Stat staged = stage(null);
        try {
            dir.renameNew(temporary, name);
        } catch (DiskException e) {
            dir.unlink(temporary);
            if (e.is(Kind.EXISTS)) {
                return mismatch();
            }
            throw e;
        }
        return landed(staged);
    }

    private WriteResult deleteDirectory() throws IOException {
        WriteResult.Failed notKept = keep(name, old, Keeper.Reason.DELETED);
        if (notKept != null) {
            return notKept;
        }
        try {
            dir.rmdir(name);
        } catch (DiskException e) {
            if (e.is(Kind.NOT_EMPTY)) {
                return new NotEmpty();
            }
            throw e;
        }
        tree.remove(write.path());
        return new Applied(HostEntry.ABSENT);
    }

    private WriteResult delete(Stat expected) throws IOException {
        WriteResult.Failed notKept = keep(name, old, Keeper.Reason.DELETED);
        if (notKept != null) {
            return notKept;
        }
        if (!expected.equals(dir.stat(name))) {
            return mismatch();
        }
        try {
            dir.renameNew(name, temporary);
        } catch (DiskException e) {
            if (e.is(Kind.ABSENT)) {
                return mismatch();
            }
            throw e;
        }
        Stat out = dir.stat(temporary);
        if (out != null && !out.sameVersion(expected)) {
            return putBack(out);
        }
        if (out != null) {
            dir.unlink(temporary);
        }
        // what somebody puts there now has an event of its own
        tree.remove(write.path());
        return new Applied(HostEntry.ABSENT);
    }

    /** Puts back what slipped in before a deletion: a change wins over it. */
    private WriteResult putBack(Stat out) throws IOException {
        try {
            dir.renameNew(temporary, name);
        } catch (DiskException e) {
            if (!e.is(Kind.EXISTS)) {
                throw e;
            }
            // RACE: two others wrote in the window; the later one stands there, and the earlier one goes to the history
            keepRaced(out);
        }
        return mismatch();
    }

    private WriteResult changeMode(Stat expected, Node.File target) throws IOException {
        try (Dir.NewFile file = dir.reopen(name)) {
            if (!expected.equals(dir.stat(name))) {
                return mismatch();
            }
            file.chmod(Staging.executable(expected.mode(), target.executable()));
        }
        tree.look(dir, write.path(), false);
        return new Applied(tree.snapshot().view(write.path()));
    }

    private WriteResult replace(Stat expected) throws IOException {
        Stat made = stage(expected);
        staged = true;
        try {
            WriteResult.Failed notKept = keep(name, old, Keeper.Reason.REPLACED);
            if (notKept != null) {
                return notKept;
            }
            if (!expected.equals(dir.stat(name))) {
                return mismatch();
            }
            if (expected.kind() == Stat.Kind.DIRECTORY) {
                dir.rmdir(name);
                dir.renameNew(temporary, name);
                staged = false;
                return landed(made);
            }
            return swap(expected) ? landed(made) : mismatch();
        } catch (DiskException e) {
            if (e.is(Kind.NOT_EMPTY)) {
                return new NotEmpty();
            } else if (e.is(Kind.ABSENT) || e.is(Kind.EXISTS)) {
                return mismatch();
            }
            throw e;
        } finally {
            if (staged) {
                discard();
            }
        }
    }

    /** Puts the new version in its place; false when a directory has slipped in, which is left alone. */
    private boolean swap(Stat expected) throws IOException {
        try {
            dir.exchange(temporary, name);
        } catch (DiskException e) {
            if (!e.is(Kind.UNSUPPORTED)) {
                throw e;
            }
            overwrite(expected);
            staged = false;
            return true;
        }
        staged = false;
        Stat out = dir.stat(temporary);
        if (out == null) {
            return true;
        } else if (out.kind() == Stat.Kind.DIRECTORY) {
            dir.exchange(temporary, name);
            staged = true;
            return false;
        } else if (out.sameVersion(expected)) {
            dir.unlink(temporary);
        } else {
            keepRaced(out);
        }
        return true;
    }

    /** RACE: without an exchange, what slips in between the comparison and this rename is lost. */
    private void overwrite(Stat expected) throws IOException {
        if (write.target() instanceof Node.Directory) {
            dir.unlink(name);
            dir.renameNew(temporary, name);
        } else if (expected.equals(dir.stat(name))) {
            dir.renameOver(temporary, name);
        } else {
            throw new DiskException(Kind.EXISTS, name + ": changed");
        }
    }

    /** Gives the keeper what slipped in, then clears it away; where that fails it stays, for the next start. */
    private void keepRaced(Stat out) throws IOException {
        HostEntry raced;
        if (out.kind() == Stat.Kind.FILE) {
            Reader.Read read = Reader.read(dir, temporary, out);
            if (read == null) {
                return;
            }
            raced = read.entry().view();
        } else if (out.kind() == Stat.Kind.LINK) {
            raced = new HostEntry(new Node.Link(dir.readLink(temporary)), out.mode(), 0, out.mtime());
        } else {
            raced = new HostEntry(Node.special(), out.mode(), 0, out.mtime());
        }
        if (keep(temporary, raced, Keeper.Reason.RACED) == null) {
            discard();
        }
    }

    private WriteResult.@Nullable Failed keep(String where, HostEntry entry, Keeper.Reason reason) {
        Keeper.OldContent content = () -> Channels.newInputStream(dir.read(where));
        try {
            keeper.keep(write.path(), entry, content, reason, write.label());
            return null;
        } catch (IOException | DevshellException e) {
            return new WriteResult.Failed(
                    WriteResult.Code.NOT_KEPT, "the old version cannot be kept: " + e.getMessage());
        }
    }

    private Stat stage(@Nullable Stat replaced) throws IOException {
        try {
            return Staging.stage(dir, write, temporary, replaced);
        } catch (IOException e) {
            discard();
            throw e;
        }
    }

    private void discard() throws IOException {
        Stat left = dir.stat(temporary);
        if (left != null && left.kind() == Stat.Kind.DIRECTORY) {
            dir.rmdir(temporary);
        } else if (left != null) {
            dir.unlink(temporary);
        }
    }

    private WriteResult mismatch() throws IOException {
        tree.look(dir, write.path(), false);
        return new Mismatch(tree.snapshot().view(write.path()));
    }

    /** Notes what stands there now. What someone else puts there right after has an event of its own. */
    private WriteResult landed(Stat staged) throws IOException {
        if (write.target() instanceof Node.Directory) {
            tree.look(dir, write.path(), false);
            return new Applied(tree.snapshot().view(write.path()));
        }
        Stat after = dir.stat(name);
        // the rename changed ctime; without it the signature is wrong, and the next look reads the file
        Stat own = after != null && after.sameVersion(staged) ? after : staged;
        // another edit has another time, because this one's was set to when it was made elsewhere
        boolean racy = Entry.fresh(own.mtime(), System.currentTimeMillis());
        Entry entry = new Entry(name, write.target(), own, racy);
        byte[] content = write.content() instanceof HostContent.Bytes b && b.bytes().length <= HostChange.INLINE
                ? b.bytes()
                : null;
        tree.update(write.path(), entry, content);
        return new Applied(entry.view());
    }
}
