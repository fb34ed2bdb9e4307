package dev.devshell.sync.host;

import dev.devshell.sync.core.Digest;
import dev.devshell.sync.core.Node;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last snapshot on disk, so that the first scan reads only what changed since.
 *
 * <p>A file that changed shortly before it was saved is left out: another edit may have left the same signature.
 */
final class DigestCache {
    private static final Logger LOG = LoggerFactory.getLogger(DigestCache.class);
    private static final int MAGIC = 0x44_53_43_32;
    private static final long DOUBTFUL = TimeUnit.SECONDS.toNanos(2);
    private static final byte FOLDER = 1;
    private static final byte FILE = 2;
    private static final byte END = 0;

    private final Path file;
    private final Path root;

    DigestCache(Path file, Path root) {
        this.file = file;
        this.root = root;
    }

    void save(Folder tree) throws IOException {
        long trusted = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - DOUBTFUL;
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(next), 1 << 16))) {
            out.writeInt(MAGIC);
            out.writeUTF(root.toString());
            write(out, tree, trusted);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void write(DataOutputStream out, Folder folder, long trusted) throws IOException {
        for (int i = 0; i < folder.size(); i++) {
            Entry entry = folder.child(i);
            if (entry instanceof Folder inner) {
                out.writeByte(FOLDER);
                out.writeUTF(inner.name);
                write(out, inner, trusted);
            } else if (entry.node instanceof Node.File content && entry.ctime < trusted && entry.mtime < trusted) {
                out.writeByte(FILE);
                out.writeUTF(entry.name);
                write(out, entry, content);
            }
        }
        out.writeByte(END);
    }

    private static void write(DataOutputStream out, Entry entry, Node.File content) throws IOException {
        out.writeShort(entry.mode);
        out.writeLong(entry.size);
        out.writeLong(entry.mtime);
        out.writeLong(entry.ctime);
        out.writeLong(entry.inode);
        Digest digest = content.digest();
        out.writeLong(digest.a());
        out.writeLong(digest.b());
        out.writeLong(digest.c());
        out.writeLong(digest.d());
    }

    /** Reads what was saved for this root; null when there is nothing, or nothing that can be used. */
    @Nullable
    Folder load() {
        if (!Files.exists(file)) {
            return null;
        }
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            if (in.readInt() != MAGIC || !in.readUTF().equals(root.toString())) {
                return null;
            }
            Folder folder = folder("");
            read(in, folder);
            return folder;
        } catch (IOException | IllegalArgumentException e) {
            // it saves work and nothing else; without it everything is read
            LOG.warn("Unable to read {}, so every file is read again", file, e);
            return null;
        }
    }

    private static Folder folder(String name) {
        return new Folder(name, new Stat(Stat.Kind.DIRECTORY, 0, 0, 0, 0, 0, 0, 0, 0), false);
    }

    private static void read(DataInputStream in, Folder folder) throws IOException {
        byte kind;
        while ((kind = in.readByte()) != END) {
            String name = in.readUTF();
            if (kind == FOLDER) {
                Folder inner = folder(name);
                read(in, inner);
                folder.put(inner);
            } else {
                folder.put(file(in, name));
            }
        }
    }

    private static Entry file(DataInputStream in, String name) throws IOException {
        int mode = in.readUnsignedShort();
        long size = in.readLong();
        long mtime = in.readLong();
        long ctime = in.readLong();
        long inode = in.readLong();
        Digest digest = new Digest(in.readLong(), in.readLong(), in.readLong(), in.readLong());
        Node node = new Node.File(digest, Stat.executable(mode));
        return new Entry(name, node, mode, size, mtime, ctime, inode, false);
    }
}
