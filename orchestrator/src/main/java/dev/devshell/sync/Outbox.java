package dev.devshell.sync;

import dev.devshell.sync.wire.FrameWriter;
import dev.devshell.sync.wire.HostMessage;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent to one agent, and the thread that sends it.
 *
 * <p>Slices of large contents give way to everything else: after each slice, whatever small is waiting goes first. What is small is gathered into one write.
 * When there is nothing to say for a while, a heartbeat is. The lock guards the two queues and is never held across I/O.
 */
final class Outbox implements Runnable {
    private static final int GATHER = 128 * 1024;

    private final AgentStream stream;
    private final Pulse pulse;
    private final FrameWriter<HostMessage> frames = FrameWriter.toAgent();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Queue<Letter> letters = new ArrayDeque<>();
    private final Queue<ContentFeed> bulk = new ArrayDeque<>();
    private boolean closed;

    Outbox(AgentStream stream, Pulse pulse) {
        this.stream = stream;
        this.pulse = pulse;
    }

    /** Makes its message when its turn to be sent comes; on the sending thread, so that reading a file does not hold up the session. */
    @FunctionalInterface
    interface Letter {
        /** Returns the message, or null when there is nothing to be sent after all. */
        @Nullable
        HostMessage write();
    }

    void send(HostMessage message) {
        send(() -> message);
    }

    void send(Letter letter) {
        lock.lock();
        try {
            letters.add(letter);
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Sends a large content part by part, after everything that waits now; it is closed when it is sent or given up. */
    void send(ContentFeed content) {
        lock.lock();
        try {
            if (!closed) {
                bulk.add(content);
                filled.signal();
                return;
            }
        } finally {
            lock.unlock();
        }
        quietlyClose(content);
    }

    /** Sends until closed, interrupted, or the stream fails. */
    @Override
    public void run() {
        try {
            while (true) {
                if (!awaitSomething()) {
                    pulse.beats();
                    frames.add(new HostMessage.Heartbeat());
                } else {
                    pulse.says();
                    gather();
                }
                flush();
            }
        } catch (IOException e) {
            stream.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            discard();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Returns true when there is something to send, and false when so little was for so long that a heartbeat is due. */
    private boolean awaitSomething() throws InterruptedException {
        lock.lock();
        try {
            long left = pulse.untilBeat();
            while (letters.isEmpty() && bulk.isEmpty() && !closed && left > 0) {
                left = filled.awaitNanos(left);
            }
            if (closed && letters.isEmpty()) {
                throw new InterruptedException("closed");
            }
            return !letters.isEmpty() || !bulk.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Gathers what is small, or else one slice of what is large. */
    private void gather() {
        Letter letter = poll();
        if (letter == null) {
            slice();
        }
        for (; letter != null; letter = frames.size() < GATHER ? poll() : null) {
            HostMessage message = letter.write();
            if (message != null) {
                frames.add(message);
            }
        }
    }

    private @Nullable Letter poll() {
        lock.lock();
        try {
            return letters.poll();
        } finally {
            lock.unlock();
        }
    }

    private void slice() {
        ContentFeed head;
        lock.lock();
        try {
            head = bulk.poll();
        } finally {
            lock.unlock();
        }
        if (head == null) {
            return;
        }
        HostMessage part = head.next();
        frames.add(part);
        if (!ContentFeed.isLast(part)) {
            lock.lock();
            try {
                // To the end of the queue: two large files share the line instead of waiting for one another.
                bulk.add(head);
            } finally {
                lock.unlock();
            }
        } else {
            quietlyClose(head);
        }
    }

    private void flush() throws IOException {
        if (frames.size() > 0) {
            stream.write(frames.take());
        }
    }

    private void discard() {
        lock.lock();
        try {
            closed = true;
            letters.clear();
            bulk.forEach(Outbox::quietlyClose);
            bulk.clear();
        } finally {
            lock.unlock();
        }
    }

    static void quietlyClose(ContentFeed done) {
        try {
            done.close();
        } catch (IOException e) {
            // It was only read: nothing can be lost by it.
            org.slf4j.LoggerFactory.getLogger(Outbox.class).debug("Closing what was sent failed", e);
        }
    }
}
