package dev.devshell.sync.host;

import dev.devshell.sync.core.Digest;
import dev.devshell.sync.core.Node;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes what is to stand somewhere under a temporary name beside it, complete with its attributes.
 *
 * <p>Nothing is synced to the disk, file by file: a power loss may leave a file that was just replaced empty, as with any
 * editor that does not, and both sides still have the other copy; a sync of each file would cost three hundred times the
 * write. A killed process loses nothing: what was written is the kernel's by then.
 */
final class Staging {
    private static final int PERMISSIONS = 0777;
    private static final int EXECUTE = 0111;
    private static final int OWNER_EXECUTE = 0100;
    private static final int READ = 0444;
    private static final int PRIVATE = 0600;
    private static final int COPY = 64 * 1024;
    private static final long LATER = TimeUnit.MILLISECONDS.toNanos(1);

    private final Dir dir;
    private final HostWrite write;
    private final String name;
    /** The file that is to be replaced; null when there is none. */
    private final @Nullable Stat replaced;

    private Staging(Dir dir, HostWrite write, String name, @Nullable Stat replaced) {
        this.dir = dir;
        this.write = write;
        this.name = name;
        this.replaced = replaced != null && replaced.kind() == Stat.Kind.FILE ? replaced : null;
    }

    /** Makes the target of a write as {@code name} and returns its state; after a failure the name may be taken. */
    static Stat stage(Dir dir, HostWrite write, String name, @Nullable Stat replaced) throws IOException {
        Staging staging = new Staging(dir, write, name, replaced);
        if (write.target() instanceof Node.File file) {
            staging.file(file);
        } else if (write.target() instanceof Node.Link link) {
            dir.symlink(name, link.target());
            staging.ownLikeParent();
        } else {
            dir.mkdir(name, write.mode() == 0 ? PERMISSIONS : write.mode() & PERMISSIONS);
            staging.ownLikeParent();
        }
        Stat stat = dir.stat(name);
        if (stat == null) {
            throw new DiskException(DiskException.Kind.ABSENT, name + ": vanished while it was written");
        }
        return stat;
    }

    private void ownLikeParent() throws IOException {
        Stat parent = dir.self();
        dir.chown(name, parent.uid(), parent.gid());
    }

    private void file(Node.File target) throws IOException {
        if (write.content() instanceof HostContent.Bytes content) {
            if (!Digest.of(content.bytes()).equals(target.digest())) {
                throw new DiskException(DiskException.Kind.IO, "the content is not what its digest says");
            }
            try (Dir.NewFile out = create(target)) {
                out.write(ByteBuffer.wrap(content.bytes()));
                finish(out, target);
            }
        } else if (write.content() instanceof HostContent.Staged staged) {
            adopt(staged.file(), target);
        } else {
            throw new DiskException(DiskException.Kind.IO, "the content is missing");
        }
    }

    private Dir.NewFile create(Node.File target) throws IOException {
        return dir.create(name, replaced != null ? PRIVATE : newMode(target));
    }

    /** Permission bits before the umask. */
    private int newMode(Node.File target) {
        int mode = write.mode() == 0 ? READ | 0222 : write.mode() & PERMISSIONS;
        return executable(mode, target.executable());
    }

    /** Returns the mode with its executable bit set for whoever can read, for the owner where nobody can, or cleared. */
    static int executable(int mode, boolean executable) {
        if (!executable) {
            return mode & ~EXECUTE;
        }
        return (mode & READ) == 0 ? mode | OWNER_EXECUTE : mode | (mode & READ) >> 2;
    }

    private void adopt(Path file, Node.File target) throws IOException {
        int mode;
        try (Dir.NewFile probe = create(target)) {
            finish(probe, target);
            Stat made = dir.stat(name);
            mode = made == null ? PRIVATE : made.mode();
        }
        dir.unlink(name);
        try {
            dir.adopt(file, name);
        } catch (DiskException e) {
            if (!e.is(DiskException.Kind.CROSS_DEVICE) && !e.is(DiskException.Kind.UNSUPPORTED)) {
                throw e;
            }
            copy(file, target);
            return;
        }
        try (Dir.NewFile out = dir.reopen(name)) {
            own(out);
            // after the owner, because a change of owner may clear bits
            out.chmod(mode);
            setMtime(out);
        }
    }

    private void copy(Path file, Node.File target) throws IOException {
        try (FileChannel in = FileChannel.open(file);
                Dir.NewFile out = create(target)) {
            ByteBuffer chunk = ByteBuffer.allocate(COPY);
            while (in.read(chunk) >= 0) {
                out.write(chunk.flip());
                chunk.clear();
            }
            finish(out, target);
        }
    }

    private void finish(Dir.NewFile out, Node.File target) throws IOException {
        own(out);
        if (replaced != null) {
            // never set-user-id: the bytes come from a container
            out.chmod(executable(replaced.mode() & PERMISSIONS, target.executable()));
        }
        setMtime(out);
    }

    private void own(Dir.NewFile out) throws IOException {
        Stat like = replaced != null ? replaced : dir.self();
        out.chown(like.uid(), like.gid());
    }

    private void setMtime(Dir.NewFile out) throws IOException {
        long mtime = write.mtimeNanos();
        long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        if (replaced != null && (mtime == 0 ? now : mtime) <= replaced.mtime()) {
            mtime = replaced.mtime() + LATER;
        }
        if (mtime != 0) {
            out.mtime(mtime);
        }
    }
}
