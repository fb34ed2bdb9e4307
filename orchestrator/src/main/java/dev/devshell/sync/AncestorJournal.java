package dev.devshell.sync;

import dev.devshell.sync.core.Ancestor;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.zip.CRC32;

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

    private final Path file;
    private final NavigableMap<String, Ancestor> ancestors;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private FileChannel log;
    private long records;
    private boolean established;

    private AncestorJournal(Path file, NavigableMap<String, Ancestor> ancestors, FileChannel log, boolean established) {
        this.file = file;
        this.ancestors = ancestors;
        this.log = log;
        this.established = established;
        this.records = ancestors.size();
    }

    /** Opens the journal in {@code file}, which need not exist; one that is not a journal counts as none. */
    static AncestorJournal open(Path file) throws IOException {
        NavigableMap<String, Ancestor> ancestors = new TreeMap<>();
        boolean established = false;
        long whole = 0;
        if (Files.exists(file)) {
            byte[] bytes = Files.readAllBytes(file);
            established = startsWithMagic(bytes);
            whole = established ? replay(bytes, ancestors) : 0;
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        FileChannel log = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        log.truncate(whole);
        log.position(whole);
        return new AncestorJournal(file, ancestors, log, established);
    }

    /** Returns whether this container has an ancestor at all. */
    boolean isEstablished() {
        return established;
    }

    Ancestor get(String path) {
        return ancestors.getOrDefault(path, Ancestor.nothing());
    }

    /** Returns all paths that are known, with where they rest; it changes as they do. */
    NavigableMap<String, Ancestor> all() {
        return Collections.unmodifiableNavigableMap(ancestors);
    }

    /** Returns the known paths strictly below {@code path}, parents first. */
    List<String> below(String path) {
        return new ArrayList<>(ancestors.subMap(path + "/", path + "0").keySet());
    }

    void put(String path, Ancestor ancestor) {
        remember(ancestors, path, ancestor);
        append(pending, path, ancestor);
        records++;
    }

    /** Writes what was put since the last time. */
    void flush() throws IOException {
        if (pending.size() == 0 || !established) {
            pending.reset();
            return;
        }
        writeAll(log, pending.toByteArray());
        pending.reset();
        if (records > 2L * ancestors.size() + WORTH_COMPACTING) {
            rewrite();
        }
    }

    /** Makes what is known now the ancestor of this container, in one step. */
    void establish() throws IOException {
        pending.reset();
        rewrite();
        established = true;
    }

    private void rewrite() throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel out = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteArrayOutputStream buffer = new ByteArrayOutputStream();
            buffer.writeBytes(MAGIC);
            for (Map.Entry<String, Ancestor> entry : ancestors.entrySet()) {
                append(buffer, entry.getKey(), entry.getValue());
                if (buffer.size() > 1 << 20) {
                    writeAll(out, buffer.toByteArray());
                    buffer.reset();
                }
            }
            writeAll(out, buffer.toByteArray());
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        log.close();
        log = FileChannel.open(file, StandardOpenOption.WRITE);
        log.position(log.size());
        records = ancestors.size();
    }

    @Override
    public void close() throws IOException {
        try {
            flush();
        } finally {
            log.close();
        }
    }

    private static void remember(NavigableMap<String, Ancestor> ancestors, String path, Ancestor ancestor) {
        if (ancestor.equals(Ancestor.nothing())) {
            ancestors.remove(path);
        } else {
            ancestors.put(path, ancestor);
        }
    }

    private static boolean startsWithMagic(byte[] bytes) {
        return bytes.length >= MAGIC.length && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /** Reads records up to the end or to the first that is not whole, and returns where that is. */
    private static long replay(byte[] bytes, NavigableMap<String, Ancestor> ancestors) {
        ByteBuffer in = ByteBuffer.wrap(bytes).position(MAGIC.length);
        while (in.remaining() >= 8) {
            int start = in.position();
            int length = in.getInt();
            int sum = in.getInt();
            if (length < 0 || length > in.remaining() || sum != checksum(bytes, in.position(), length)) {
                return start;
            }
            AncestorRecord record = AncestorRecord.read(bytes, in.position(), length);
            if (record == null) {
                return start;
            }
            remember(ancestors, record.path(), record.ancestor());
            in.position(in.position() + length);
        }
        return in.position();
    }

    private static void append(ByteArrayOutputStream out, String path, Ancestor ancestor) {
        byte[] body = new AncestorRecord(path, ancestor).write();
        try {
            DataOutputStream data = new DataOutputStream(out);
            data.writeInt(body.length);
            data.writeInt(checksum(body, 0, body.length));
            data.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to be written", e);
        }
    }

    private static int checksum(byte[] bytes, int from, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    private static void writeAll(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(bytes);
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }
}
