package dev.devshell.sync.history;

import dev.devshell.sync.core.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of the history that is only appended to: versions one after the other, each with its content if that is small and
 * new. A version costs one write, which matters because the sync waits for it before it replaces anything. For one thread at
 * a time.
 *
 * <p>A record is the length of what is said, the length of the content, the CRC-32 of what is said, what is said, the
 * content.
 */
final class Segment implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Segment.class);
    private static final int HEADER = 12;
    private static final int MAX_SAID = 64 * 1024;
    private static final int WINDOW = 64 * 1024;

    private final Path file;
    private final FileChannel channel;
    private long end;

    private Segment(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Where a content is in the segment. */
    record Range(long start, int length) {}

    /** Takes what a segment holds, oldest first. */
    interface Visitor {
        void visit(HistoryRecord record, Range content);
    }

    static Segment open(Path file) throws IOException {
        return new Segment(
                file,
                FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                        Private.fileAttributes()));
    }

    /** Reads all records. What follows the last whole one was torn by a crash; it is cut off. */
    void load(Visitor visitor) throws IOException {
        Window window = new Window();
        long size = channel.size();
        long at = 0;
        while (at + HEADER <= size) {
            ByteBuffer header = window.at(at, HEADER);
            int said = header.getInt();
            int content = header.getInt();
            int sum = header.getInt();
            if (said <= 0 || said > MAX_SAID || content < 0 || at + HEADER + said + content > size) {
                break;
            }
            byte[] bytes = new byte[said];
            window.at(at + HEADER, said).get(bytes);
            HistoryRecord record = sum == checksum(bytes) ? HistoryRecord.read(bytes) : null;
            Range range = new Range(at + HEADER + said, content);
            boolean last = at + HEADER + said + content == size;
            if (record == null || (last && !isWhole(record, range))) {
                break;
            }
            visitor.visit(record, range);
            at += HEADER + said + content;
        }
        if (at < size) {
            LOG.info("{}: {} bytes at its end were torn and are cut off", file, size - at);
            channel.truncate(at);
        }
        end = at;
    }

    private boolean isWhole(HistoryRecord record, Range content) throws IOException {
        return content.length() == 0 || Digest.of(read(content)).equals(record.digest());
    }

    /** Appends a record, whole or not at all. */
    Range append(HistoryRecord record, byte[] content) throws IOException {
        byte[] said = record.write();
        ByteBuffer out = ByteBuffer.allocate(HEADER + said.length + content.length)
                .putInt(said.length)
                .putInt(content.length)
                .putInt(checksum(said))
                .put(said)
                .put(content)
                .flip();
        long at = end;
        try {
            while (out.hasRemaining()) {
                at += channel.write(out, at);
            }
        } catch (IOException e) {
            channel.truncate(end);
            throw e;
        }
        end = at;
        return new Range(end - content.length, content.length);
    }

    byte[] read(Range content) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(content.length());
        fill(bytes, content.start());
        return bytes.array();
    }

    private void fill(ByteBuffer into, long from) throws IOException {
        long at = from;
        while (into.hasRemaining()) {
            int count = channel.read(into, at);
            if (count < 0) {
                throw new IOException(file + " is shorter than it was");
            }
            at += count;
        }
    }

    long size() {
        return end;
    }

    void delete() throws IOException {
        channel.close();
        Files.deleteIfExists(file);
    }

    private static int checksum(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** The part of the file that is in memory while records are read. */
    private final class Window {
        private ByteBuffer bytes = ByteBuffer.allocate(0);
        private long start;

        /** Returns a buffer at a position that has at least {@code length} bytes. */
        ByteBuffer at(long position, int length) throws IOException {
            if (position < start || position + length > start + bytes.limit()) {
                int wanted = (int) Math.min(Math.max(WINDOW, length), channel.size() - position);
                bytes = ByteBuffer.allocate(wanted);
                fill(bytes, position);
                bytes.flip();
                start = position;
            }
            return bytes.position((int) (position - start));
        }
    }
}
