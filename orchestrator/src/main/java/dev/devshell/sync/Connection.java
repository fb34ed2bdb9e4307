package dev.devshell.sync;

import dev.devshell.sync.wire.AgentMessage;
import dev.devshell.sync.wire.FrameReader;
import dev.devshell.sync.wire.HostMessage;
import dev.devshell.sync.wire.WireException;
import java.io.IOException;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A stream to one agent after both ends have said who they are: one thread reads, one writes, and silence ends it. */
final class Connection implements AutoCloseable {
    /** How many messages may wait for the session, and how many bytes of them; past that the reader, and so the agent, waits. */
    private static final int UNREAD = 128;

    private static final int UNREAD_BYTES = 8 << 20;

    private final AgentStream stream;
    private final Pulse pulse;
    private final Outbox outbox;
    private final Uploads uploads;
    private final FrameReader<AgentMessage> reader;
    private final Listener listener;
    private final Semaphore unread = new Semaphore(UNREAD);
    private final Semaphore unreadBytes = new Semaphore(UNREAD_BYTES);
    private final Queue<Integer> lengths = new ConcurrentLinkedQueue<>();
    private volatile boolean over;
    private @Nullable AgentClock clock;
    private volatile @Nullable Thread receiver;

    /** Is told what comes in, on the reading thread. */
    interface Listener {
        /** Takes a message; {@link Connection#processed()} is to be called once it is dealt with. */
        void received(Connection from, AgentMessage message);

        /**
         * The stream is over; nothing follows.
         *
         * @param breach whether the agent said what no agent says
         */
        void closed(Connection from, String why, boolean breach);
    }

    private Connection(AgentStream stream, String name, Listener listener) {
        this.stream = stream;
        this.listener = listener;
        // A stream that nobody reads at the other end may need long to close.
        this.pulse = new Pulse(() -> Threads.start("devshell-silence", stream::close));
        this.outbox = new Outbox(stream, pulse);
        this.uploads = new Uploads(name, stream, outbox);
        this.reader = FrameReader.fromAgent(stream::read);
    }

    /**
     * Greets the agent and waits for its answer.
     *
     * @param owner tells people who holds the agent
     * @throws RefusedException when the agent says that it cannot serve
     */
    static Connection open(AgentStream stream, String owner, String name, Listener listener)
            throws IOException, RefusedException {
        Connection connection = new Connection(stream, name, listener);
        try {
            AgentClock.Reading greeted = AgentClock.Reading.now();
            connection.outbox.send(new HostMessage.Hello(owner, Pulse.LEASE_MILLIS));
            Threads.start("devshell-send-" + name, connection.outbox);
            connection.clock = connection.answer(greeted);
            return connection;
        } catch (IOException | RefusedException e) {
            connection.close();
            throw e;
        }
    }

    /** Begins to tell what comes in; once, and not before the listener knows of this connection, which may end at once. */
    void listen(String name) {
        Thread started = Threads.start("devshell-receive-" + name, this::receive);
        receiver = started;
        if (over) {
            started.interrupt();
        }
    }

    private AgentClock answer(AgentClock.Reading greeted) throws IOException, RefusedException {
        try {
            AgentMessage first = reader.next();
            if (first instanceof AgentMessage.Welcome welcome) {
                return AgentClock.of(greeted, AgentClock.Reading.now(), welcome.clockNanos());
            } else if (first instanceof AgentMessage.Refused refused) {
                throw new RefusedException(refused.code(), refused.message());
            } else {
                throw new IOException("the agent answered " + (first == null ? "nothing" : first) + " to Hello");
            }
        } catch (WireException e) {
            throw new IOException("the agent's answer to Hello is not the protocol: " + e.getMessage(), e);
        }
    }

    /** How the agent's clock stands to this machine's. */
    AgentClock clock() {
        return Objects.requireNonNull(clock);
    }

    void send(HostMessage message) {
        outbox.send(message);
    }

    void send(Outbox.Letter letter) {
        outbox.send(letter);
    }

    /** Sends a large content, beside the stream where that is better. */
    void send(ContentFeed content) {
        if (!uploads.take(content)) {
            outbox.send(content);
        }
    }

    /** Returns whether the content of an operation was put beside the stream; the agent found it well, or not. */
    boolean wentBeside(long id, boolean well) {
        return uploads.found(id, well);
    }

    /** One more received message is dealt with. */
    void processed() {
        unread.release();
        unreadBytes.release(Objects.requireNonNull(lengths.poll()));
    }

    private void receive() {
        String why = "the agent's stream ended";
        boolean breach = false;
        try {
            for (AgentMessage message = reader.next(); message != null; message = reader.next()) {
                pulse.hears();
                if (!(message instanceof AgentMessage.Heartbeat)) {
                    awaitRoom(reader.length());
                    lengths.add(reader.length());
                    listener.received(this, message);
                }
            }
        } catch (IOException e) {
            why = "the agent's stream broke: " + e.getMessage();
        } catch (WireException e) {
            why = "what the agent sent is not the protocol: " + e.getMessage();
            breach = !e.isCutOff();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            why = "interrupted";
        }
        close();
        listener.closed(this, why, breach);
    }

    private void awaitRoom(int length) throws InterruptedException {
        if (!unread.tryAcquire()) {
            pulse.isDeaf(true);
            unread.acquire();
        }
        if (!unreadBytes.tryAcquire(length)) {
            pulse.isDeaf(true);
            unreadBytes.acquire(length);
        }
        pulse.isDeaf(false);
    }

    /** Lets what waits be sent, and the agent end by itself; a stream that is still open a second later is closed. */
    void finish() {
        uploads.close();
        outbox.close();
        CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS).execute(this::close);
    }

    /** Ends the stream at once. */
    @Override
    public void close() {
        over = true;
        pulse.end();
        uploads.close();
        outbox.close();
        stream.close();
        Thread receiving = receiver;
        if (receiving != null && receiving != Thread.currentThread()) {
            // It may be waiting for a session that is not listening any more.
            receiving.interrupt();
        }
    }

    /** The agent said that it cannot serve. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String code;

        RefusedException(String code, String message) {
            super(message);
            this.code = code;
        }

        String code() {
            return code;
        }
    }
}
