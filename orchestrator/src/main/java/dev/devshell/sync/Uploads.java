package dev.devshell.sync;

import dev.devshell.sync.wire.HostMessage;
import dev.devshell.sync.wire.SliceEnd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts large contents into one agent's staging directory beside its stream, one after the other, where there is a way to; what does not get there goes over
 * the stream after all.
 *
 * <p>A thread does it that lives as long as there is something to do. The monitor guards what waits, and is never held across I/O.
 */
final class Uploads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
    /** The engine keeps a container to itself meanwhile: that is not to be long. */
    private static final long MOST = 512 << 20;

    private static final long PATIENCE_MILLIS = 5_000;
    private static final long SLOWEST_PER_MILLI = 50_000;
    private static final int MOST_FAILURES = 3;
    private static final int BUFFER = 128 << 10;

    private final String name;
    private final AgentStream stream;
    private final Outbox outbox;
    private final Queue<ContentFeed> waiting = new ArrayDeque<>();
    private final Set<Long> there = new HashSet<>();
    private @Nullable Upload current;
    private int failures;
    private boolean running;
    private boolean closed;

    Uploads(String name, AgentStream stream, Outbox outbox) {
        this.name = name;
        this.stream = stream;
        this.outbox = outbox;
    }

    /** Takes a content whose Apply is being sent, or returns false where it is one for the stream. */
    synchronized boolean take(ContentFeed content) {
        boolean fits = content.size() >= stream.leastUpload() && content.size() <= MOST;
        if (closed || failures >= MOST_FAILURES || !fits) {
            return false;
        }
        waiting.add(content);
        if (!running) {
            running = true;
            Threads.start("devshell-upload-" + name, this::run);
        }
        return true;
    }

    /** Returns whether it was put beside the stream; the agent found it well, or not. */
    synchronized boolean found(long id, boolean well) {
        if (!there.remove(id)) {
            return false;
        }
        // after a few that failed in a row no more are taken
        failures = well ? 0 : failures + 1;
        return true;
    }

    private synchronized void failed() {
        failures++;
    }

    private synchronized void stands(ContentFeed content) {
        there.add(content.id());
    }

    private void run() {
        for (ContentFeed content = next(); content != null; content = next()) {
            bring(content);
        }
    }

    private synchronized @Nullable ContentFeed next() {
        ContentFeed content = waiting.poll();
        running = content != null;
        return content;
    }

    private void bring(ContentFeed content) {
        String file = String.format("upload-%016x", ThreadLocalRandom.current().nextLong());
        boolean begun = false;
        boolean whole = false;
        try (Upload upload = begin(file, content.size())) {
            if (upload != null) {
                begun = true;
                outbox.send(new HostMessage.Upload(content.id(), SliceEnd.MORE, file));
                whole = put(content, upload);
            }
        } catch (IOException e) {
            LOG.debug("{}: a file goes over the stream, because it could not be put beside it", name, e);
            failed();
        }
        if (whole) {
            stands(content);
            outbox.send(new HostMessage.Upload(content.id(), SliceEnd.LAST, file));
            Outbox.quietlyClose(content);
            return;
        }
        if (begun) {
            outbox.send(new HostMessage.Upload(content.id(), SliceEnd.GIVEN_UP, file));
        }
        content.rewind();
        outbox.send(content);
    }

    private @Nullable Upload begin(String file, long size) throws IOException {
        Upload upload = stream.upload(file, size).orElse(null);
        if (upload == null) {
            noWay();
        } else if (isClosedTo(upload)) {
            close(upload);
        } else {
            CompletableFuture.delayedExecutor(patience(size).toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> close(upload));
        }
        return upload;
    }

    private synchronized void noWay() {
        failures = MOST_FAILURES;
    }

    private synchronized boolean isClosedTo(Upload upload) {
        current = upload;
        return closed;
    }

    /** Returns how long an upload may take. */
    static Duration patience(long size) {
        return Duration.ofMillis(PATIENCE_MILLIS + size / SLOWEST_PER_MILLI);
    }

    /** Returns false for a file that has become shorter; what else changed in it, its digest will tell. */
    private static boolean put(ContentFeed content, Upload upload) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        for (long left = content.size(); left > 0; left -= buffer.limit()) {
            buffer.clear().limit((int) Math.min(left, BUFFER));
            if (!content.read(buffer)) {
                upload.giveUp();
                return false;
            }
            upload.write(buffer.flip());
        }
        upload.finish();
        return true;
    }

    private static void close(Upload upload) {
        try {
            upload.close();
        } catch (IOException e) {
            LOG.debug("Closing a connection failed", e);
        }
    }

    /** Ends what is under way. The agent removes what there is of it when it ends. */
    @Override
    public void close() {
        Upload ended;
        synchronized (this) {
            closed = true;
            ended = current;
            waiting.forEach(Outbox::quietlyClose);
            waiting.clear();
        }
        if (ended != null) {
            close(ended);
        }
    }
}
