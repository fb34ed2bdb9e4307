package dev.devshell.sync;

import dev.devshell.sync.core.Ancestor;
import dev.devshell.sync.core.Node;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Where each path of one replica last rested, kept in memory and in one file.
 *
 * <p>The file is a log: a record is appended for each path that comes to rest (rule 7), and the whole is written anew, beside the old and renamed over it
 * (rule 6), when the log has grown to a multiple of what it says. A record that a crash cut short ends the log; what it would have said is found out again
 * by looking at both sides. A log exists only from {@link #establish} on: before that there is no ancestor and the container is a new baseline (rule 10).
 *
 * <p>Not thread-safe: the session's loop owns it. After {@link #flush} a record survives the end of this process, though not a power cut.
 */
final class AncestorJournal implements Closeable {
    private static final byte[] MAGIC = {'d', 'v', 's', 'a', 1, '\n'};
    private static final int WORTH_COMPACTING = 10_000;
    /** Length and sum. */
    private static final int HEAD = 8;

    private final Path file;
    private final PathTree<Ancestor> ancestors;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private FileChannel log;
    private long records;
    private boolean established;

    private AncestorJournal(Path file, PathTree<Ancestor> ancestors, FileChannel log, boolean established) {
        this.file = file;
        this.ancestors = ancestors;
        this.log = log;
        this.established = established;
        this.records = ancestors.size();
    }

    /** Opens the journal in {@code file}, which need not exist; one that is not a journal counts as none. */
    static AncestorJournal open(Path file) throws IOException {
        PathTree<Ancestor> ancestors = new PathTree<>();
        long whole = Files.exists(file) ? replay(file, ancestors) : 0;
        Files.createDirectories(file.toAbsolutePath().getParent());
        FileChannel log = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        log.truncate(whole);
        log.position(whole);
        return new AncestorJournal(file, ancestors, log, whole > 0);
    }

    /** Returns whether this container has an ancestor at all. */
    boolean isEstablished() {
        return established;
    }

    Ancestor get(String path) {
        Ancestor ancestor = ancestors.get(path);
        return ancestor == null ? Ancestor.nothing() : ancestor;
    }

    /** Returns all paths that are known, with where they rest; it changes as they do. */
    PathTree<Ancestor> all() {
        return ancestors;
    }

    /** Holds what a path rests as in the objects that the host's tree holds it in, where that is the same. */
    void share(String path, Node node) {
        Ancestor ancestor = get(path);
        if (ancestor.host() != node && ancestor.isAgreed() && ancestor.host().equals(node)) {
            ancestors.put(path, Ancestor.agreed(node));
        }
    }

    void put(String path, Ancestor ancestor) {
        remember(ancestors, path, ancestor);
        if (established) {
            write(pending, path, ancestor);
            records++;
        }
    }

    /** Returns whether something that was put could not be written. */
    boolean isBehind() {
        return pending.size() > 0;
    }

    /** Writes what was put since the last time. */
    void flush() throws IOException {
        if (pending.size() == 0) {
            return;
        }
        append(pending.toByteArray());
        pending.reset();
        if (records > 2L * ancestors.size() + WORTH_COMPACTING) {
            rewrite();
        }
    }

    /** Writes at the end of the log. What did not fit is written again with what comes after it, and over the half that did: behind that nothing would be read. */
    private void append(byte[] bytes) throws IOException {
        long end = log.position();
        try {
            writeAll(log, bytes);
        } catch (IOException e) {
            log.position(end);
            throw e;
        }
    }

    /** Makes what is known now the ancestor of this container, in one step. */
    void establish() throws IOException {
        rewrite();
        established = true;
    }

    private void rewrite() throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        FileChannel out = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        FileChannel closing = out;
        try {
            writeAll(out);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            closing = log;
            log = out;
            records = ancestors.size();
        } finally {
            closing.close();
        }
    }

    private void writeAll(FileChannel out) throws IOException {
        BufferedOutputStream buffer = new BufferedOutputStream(Channels.newOutputStream(out), 1 << 16);
        try {
            buffer.write(MAGIC);
            ancestors.forEach((path, ancestor) -> write(buffer, path, ancestor));
            buffer.flush();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            flush();
        } finally {
            log.close();
        }
    }

    private static void remember(PathTree<Ancestor> ancestors, String path, Ancestor ancestor) {
        if (ancestor.equals(Ancestor.nothing())) {
            ancestors.remove(path);
        } else {
            ancestors.put(path, ancestor);
        }
    }

    /** Reads records up to the end or to the first that is not whole, and returns where that is; 0 for what is no journal. */
    private static long replay(Path file, PathTree<Ancestor> ancestors) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            long left = Files.size(file) - MAGIC.length;
            if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
                return 0;
            }
            long whole = MAGIC.length;
            while (left >= HEAD) {
                int length = in.readInt();
                int sum = in.readInt();
                AncestorRecord record = length < 0 || length > left - HEAD ? null : record(in.readNBytes(length), sum);
                if (record == null) {
                    break;
                }
                remember(ancestors, record.path(), record.ancestor());
                whole += HEAD + length;
                left -= HEAD + length;
            }
            return whole;
        }
    }

    private static @Nullable AncestorRecord record(byte[] body, int sum) {
        return sum == checksum(body) ? AncestorRecord.read(body) : null;
    }

    private static void write(OutputStream out, String path, Ancestor ancestor) {
        byte[] body = new AncestorRecord(path, ancestor).write();
        try {
            DataOutputStream data = new DataOutputStream(out);
            data.writeInt(body.length);
            data.writeInt(checksum(body));
            data.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException("an ancestor cannot be written", e);
        }
    }

    private static int checksum(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private static void writeAll(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(bytes);
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }
}
