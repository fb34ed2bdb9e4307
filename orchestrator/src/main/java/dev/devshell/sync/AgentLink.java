package dev.devshell.sync;

import dev.devshell.DevshellException;
import dev.devshell.sync.wire.AgentMessage;
import dev.devshell.sync.wire.HostMessage;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream to one replica's agent: opened, and opened again whenever it is lost, after 100 ms and then twice as long each time up to 5 s. The session's
 * loop owns it, and hears of everything there.
 */
final class AgentLink {
    private static final Logger LOG = LoggerFactory.getLogger(AgentLink.class);
    private static final long FIRST_BACKOFF_MILLIS = 100;
    private static final long LAST_BACKOFF_MILLIS = 5_000;

    private final String name;
    private final AgentStarter starter;
    private final Executor loop;
    private final Listener listener;
    private @Nullable Connection connection;
    private long backoffMillis = FIRST_BACKOFF_MILLIS;
    private volatile boolean closed;
    private volatile @Nullable Connection latest;

    /** What a link tells its session, on the session's thread. */
    interface Listener {
        /** An agent answers. */
        void connected(Connection to);

        void received(AgentMessage message);

        /** Takes a part of a large content; {@code processed} runs once it is dealt with. False for another message. */
        boolean took(AgentMessage message, Runnable processed);

        /** The stream is gone, and what was asked over it and not answered is unknown. */
        void disconnected();

        /** There is no stream; it is tried again. */
        void waits(String why);

        /** There will never be a stream. */
        void failed(String why);
    }

    AgentLink(String name, AgentStarter starter, Executor loop, Listener listener) {
        this.name = name;
        this.starter = starter;
        this.loop = loop;
        this.listener = listener;
    }

    /** Begins to connect; from any thread. */
    void open() {
        Threads.start("devshell-connect-" + name, this::connect);
    }

    private void connect() {
        try {
            AgentStream stream = starter.start();
            Connection opened = Connection.open(stream, owner(), name, new Events());
            latest = opened;
            loop.execute(() -> connected(opened));
            opened.listen(name);
            if (closed) {
                // Nobody takes it any more, and an agent that is left running holds the lock against the next session.
                opened.close();
            }
        } catch (IOException e) {
            loop.execute(() -> again(String.valueOf(e.getMessage())));
        } catch (Connection.RefusedException e) {
            boolean passing = e.code().equals("LOCKED");
            String why = "the agent cannot serve: " + TellTale.plain(String.valueOf(e.getMessage()));
            loop.execute(() -> {
                if (passing) {
                    again(why);
                } else {
                    listener.failed(why);
                }
            });
        } catch (DevshellException e) {
            loop.execute(() -> listener.failed(e.what() + (e.why().isEmpty() ? "" : ": " + e.why())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Names this process and no other: an agent ends one that was started for the same owner. */
    private static String owner() {
        ProcessHandle process = ProcessHandle.current();
        return "devshell, process " + process.pid()
                + process.info().startInstant().map(since -> " since " + since).orElse("");
    }

    private void connected(Connection opened) {
        if (closed) {
            opened.close();
            return;
        }
        connection = opened;
        listener.connected(opened);
    }

    private void received(Connection from, AgentMessage message) {
        if (from != connection) {
            from.processed();
        } else {
            try {
                if (!listener.took(message, from::processed)) {
                    from.processed();
                    listener.received(message);
                }
            } catch (BreachException e) {
                breached(from, String.valueOf(e.getMessage()));
            }
        }
    }

    /** Nothing more is taken from an agent that said what no agent says, and no other is started in its container. */
    private void breached(Connection from, String why) {
        if (from == connection) {
            connection = null;
            from.close();
            listener.disconnected();
            String plain = TellTale.plain(why);
            LOG.warn("{} is not synced any more: its agent is not to be trusted: {}", name, plain);
            listener.failed("its agent is not to be trusted, so nothing more is taken from it: " + plain
                    + "; recreate the container");
        }
    }

    private void disconnected(Connection from, String why) {
        if (from == connection) {
            connection = null;
            listener.disconnected();
            again(why);
        }
    }

    private void again(String why) {
        if (closed) {
            return;
        }
        listener.waits(why);
        LOG.info("{}: {}; trying again in {} ms", name, why, backoffMillis);
        CompletableFuture.delayedExecutor(backoffMillis, TimeUnit.MILLISECONDS).execute(this::open);
        backoffMillis = Math.min(backoffMillis * 2, LAST_BACKOFF_MILLIS);
    }

    /** The stream has proved itself: when it is lost, the first wait is short again. */
    void steady() {
        backoffMillis = FIRST_BACKOFF_MILLIS;
    }

    void send(HostMessage message) {
        Connection to = connection;
        if (to != null) {
            to.send(message);
        }
    }

    /** Tells the agent that this is the end, and connects no more. */
    void close() {
        closed = true;
        Connection to = connection;
        Connection late = latest;
        connection = null;
        if (to != null) {
            to.send(new HostMessage.Bye());
            to.finish();
        }
        if (late != null && !late.equals(to)) {
            late.close();
        }
    }

    private final class Events implements Connection.Listener {
        @Override
        public void received(Connection from, AgentMessage message) {
            loop.execute(() -> AgentLink.this.received(from, message));
        }

        @Override
        public void closed(Connection from, String why, boolean breach) {
            loop.execute(() -> {
                if (breach) {
                    breached(from, why);
                } else {
                    disconnected(from, why);
                }
            });
        }
    }
}
