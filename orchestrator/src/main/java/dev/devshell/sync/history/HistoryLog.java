package dev.devshell.sync.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file that every version is a line of. For one thread at a time. */
final class HistoryLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryLog.class);

    private final Path file;
    private final FileChannel channel;

    HistoryLog(Path file) throws IOException {
        this.file = file;
        channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                Private.fileAttributes());
    }

    /** Reads every line, oldest first, and cuts off a last one that was torn. */
    void load(Consumer<HistoryEntry> each) throws IOException {
        cutTornLine();
        channel.position(0);
        // not closed: that would close the log
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
        String line;
        int number = 0;
        while ((line = lines.readLine()) != null) {
            number++;
            int at = number;
            HistoryLine.read(line)
                    .ifPresentOrElse(each, () -> LOG.warn("{}: line {} cannot be read and is left out", file, at));
        }
        channel.position(channel.size());
    }

    private void cutTornLine() throws IOException {
        long end = channel.size();
        ByteBuffer last = ByteBuffer.allocate(1);
        while (end > 0 && !endsLine(last, end)) {
            end--;
        }
        channel.truncate(end);
    }

    private boolean endsLine(ByteBuffer last, long end) throws IOException {
        last.clear();
        return channel.read(last, end - 1) == 1 && last.get(0) == '\n';
    }

    /** Appends a line, whole or not at all. */
    void append(byte[] line) throws IOException {
        long before = channel.size();
        channel.position(before);
        try {
            ByteBuffer bytes = ByteBuffer.wrap(line);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            channel.truncate(before);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
