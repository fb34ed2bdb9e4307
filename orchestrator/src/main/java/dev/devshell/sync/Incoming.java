package dev.devshell.sync;

import dev.devshell.sync.content.BlockHasher;
import dev.devshell.sync.content.BlockLists;
import dev.devshell.sync.core.Digest;
import dev.devshell.sync.wire.AgentMessage;
import dev.devshell.sync.wire.Range;
import dev.devshell.sync.wire.SliceEnd;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Contents that arrive in parts: each is gathered in a file of the session's own, checked against its promised size and digest, and handed over whole or not at
 * all.
 *
 * <p>The session's loop expects and takes; a thread of its own writes, copies and hashes, so that large contents do not hold up small edits.
 */
final class Incoming implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Incoming.class);
    private static final int CHUNK = 256 * 1024;

    /** An agent sends one large content after the other; each that has begun costs a file and an open descriptor. */
    private static final int MOST_BEGUN = 64;

    private static final int MOST_EXPECTED = 10_000;
    private static final int CLOSING_SECONDS = 2;

    private final Path directory;
    private final Executor loop;
    private final Map<Long, Part> parts = new HashMap<>();
    private int begun;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "devshell-incoming");
        thread.setDaemon(true);
        return thread;
    });

    Incoming(Path directory, Executor loop) {
        this.directory = directory;
        this.loop = loop;
    }

    /** What a content may be copied from. */
    @FunctionalInterface
    interface Base {
        SeekableByteChannel open() throws IOException;

        /** Where there is nothing to copy from. */
        static Base none() {
            return () -> {
                throw new IOException("there is nothing to copy from");
            };
        }
    }

    /**
     * What became of a content.
     *
     * @param file it, which is the receiver's from then on; null when it was given up or is not what was promised
     * @param copied whether parts of it were copied from the base
     * @param failure why this side could not take it, or null
     */
    record Arrived(
            @Nullable Path file, boolean copied, @Nullable IOException failure) {}

    /** Is told what became of a content, on the session's loop. */
    @FunctionalInterface
    interface Receiver {
        void arrived(Arrived arrived);
    }

    private static final class Part {
        private final long id;
        private final Digest promised;
        private final long size;
        private final Base base;
        private final Receiver receiver;
        private final BlockHasher hasher = new BlockHasher();
        private boolean begun;
        private boolean underway;
        private @Nullable FileChannel channel;
        private @Nullable Path file;
        private @Nullable SeekableByteChannel opened;
        private long length;
        private boolean copied;
        private volatile boolean over;

        private Part(long id, Digest promised, long size, Base base, Receiver receiver) {
            this.id = id;
            this.promised = promised;
            this.size = size;
            this.base = base;
            this.receiver = receiver;
        }

        private FileChannel channel(Path directory) throws IOException {
            if (channel == null) {
                file = Files.createTempFile(directory, "in-", "");
                channel = FileChannel.open(file, StandardOpenOption.WRITE);
            }
            return channel;
        }
    }

    /** A part that does not fit what was promised. */
    private static final class NotAsPromised extends Exception {
        private static final long serialVersionUID = 1L;

        private NotAsPromised() {}

        private NotAsPromised(IOException cause) {
            super(cause);
        }
    }

    /** Expects parts under the id. */
    void expect(long id, Digest promised, long size, Base base, Receiver receiver) throws IOException {
        Files.createDirectories(directory);
        if (parts.size() >= MOST_EXPECTED || parts.containsKey(id)) {
            throw new BreachException("it promises more contents than it sends, or one twice");
        }
        parts.put(id, new Part(id, promised, size, base, receiver));
    }

    /** Takes a part; one that nobody expects is dropped. {@code processed} runs once it is dealt with. */
    void slice(AgentMessage.Slice slice, Runnable processed) {
        take(slice.id(), processed, part -> append(slice, part));
        Part part = parts.get(slice.id());
        if (part != null && slice.end() != SliceEnd.MORE) {
            // the agent is done with it, though it may wait here to be written
            settle(part);
        }
    }

    private void settle(Part part) {
        if (part.underway) {
            part.underway = false;
            begun--;
        }
    }

    /** Takes stretches of the base; likewise. */
    void copy(AgentMessage.Copy copy, Runnable processed) {
        take(copy.id(), processed, part -> copy(copy.ranges(), part));
    }

    private interface Work {
        void on(Part part) throws IOException, NotAsPromised;
    }

    private void take(long id, Runnable processed, Work work) {
        Part part = parts.get(id);
        if (part == null) {
            processed.run();
            return;
        }
        if (!part.begun) {
            if (begun >= MOST_BEGUN) {
                throw new BreachException("it sends more than " + MOST_BEGUN + " contents at once");
            }
            begun++;
            part.begun = true;
            part.underway = true;
        }
        worker.execute(() -> {
            try {
                if (!part.over) {
                    work.on(part);
                }
            } catch (NotAsPromised e) {
                end(part, new Arrived(null, part.copied, null));
            } catch (IOException e) {
                end(part, new Arrived(null, part.copied, e));
            } finally {
                processed.run();
            }
        });
    }

    private void append(AgentMessage.Slice slice, Part part) throws IOException, NotAsPromised {
        if (slice.end() == SliceEnd.GIVEN_UP) {
            throw new NotAsPromised();
        }
        write(part, slice.data().array(), slice.data().length());
        if (slice.end() == SliceEnd.LAST) {
            finish(part);
        }
    }

    private void write(Part part, byte[] bytes, int length) throws IOException, NotAsPromised {
        if (part.length + length > part.size) {
            throw new NotAsPromised();
        }
        part.length += length;
        part.hasher.update(bytes, 0, length);
        ByteBuffer data = ByteBuffer.wrap(bytes, 0, length);
        FileChannel channel = part.channel(directory);
        while (data.hasRemaining()) {
            channel.write(data);
        }
    }

    private void copy(List<Range> ranges, Part part) throws IOException, NotAsPromised {
        byte[] chunk = new byte[CHUNK];
        part.copied = true;
        for (Range range : ranges) {
            if (range.length() > part.size - part.length) {
                throw new NotAsPromised();
            }
            long left = range.length();
            for (long at = range.offset(); left > 0; ) {
                int length = read(part, at, ByteBuffer.wrap(chunk, 0, (int) Math.min(chunk.length, left)));
                write(part, chunk, length);
                at += length;
                left -= length;
            }
        }
    }

    /** A base that went or shrank is no fault of the disk: the content is then not what was promised. */
    private static int read(Part part, long position, ByteBuffer into) throws NotAsPromised {
        try {
            if (part.opened == null) {
                part.opened = part.base.open();
            }
            part.opened.position(position);
            int length = part.opened.read(into);
            if (length <= 0) {
                throw new EOFException("the base ends before a range of it");
            }
            return length;
        } catch (IOException e) {
            throw new NotAsPromised(e);
        }
    }

    private void finish(Part part) throws IOException, NotAsPromised {
        BlockHasher.Hashed hashed = part.hasher.finish();
        if (part.length != part.size || !hashed.digest().equals(part.promised)) {
            throw new NotAsPromised();
        }
        if (hashed.blocks() != null) {
            BlockLists.shared().add(hashed.digest(), hashed.blocks());
        }
        part.channel(directory).close();
        end(part, new Arrived(part.file, part.copied, null));
    }

    private void end(Part part, Arrived arrived) {
        part.over = true;
        release(part);
        loop.execute(() -> {
            if (parts.remove(part.id, part)) {
                settle(part);
                part.receiver.arrived(arrived);
            } else {
                discard(part);
            }
        });
        if (arrived.file() == null) {
            discard(part);
        }
    }

    private static void release(Part part) {
        try {
            if (part.channel != null) {
                part.channel.close();
            }
            if (part.opened != null) {
                part.opened.close();
            }
        } catch (IOException e) {
            LOG.debug("Closing a received content failed", e);
        }
    }

    private static void discard(Part part) {
        try {
            if (part.file != null) {
                Files.deleteIfExists(part.file);
            }
        } catch (IOException e) {
            LOG.warn("Unable to remove {}", part.file, e);
        }
    }

    /** Forgets everything that was expected; nobody is told. */
    void forget() {
        List<Part> left = parts.values().stream().filter(part -> !part.over).toList();
        parts.clear();
        begun = 0;
        // What still waits to be written need not be.
        left.forEach(part -> part.over = true);
        worker.execute(() -> left.forEach(part -> {
            release(part);
            discard(part);
        }));
    }

    /** Forgets everything, and waits until nothing more is written. */
    @Override
    public void close() {
        forget();
        worker.shutdown();
        try {
            if (!worker.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("A content is still being taken in {}", directory);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
