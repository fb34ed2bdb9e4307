package dev.devshell.sync;

import dev.devshell.sync.wire.AgentMessage;
import dev.devshell.sync.wire.FrameReader;
import dev.devshell.sync.wire.FrameWriter;
import dev.devshell.sync.wire.HostMessage;
import dev.devshell.sync.wire.WireException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.concurrent.atomic.AtomicInteger;

/** An agent that shakes hands as a good one does, and then says what a hostile container would have it say. */
final class LyingAgent implements AgentStarter {
    private final Lie lie;
    private final AtomicInteger starts = new AtomicInteger();

    LyingAgent(Lie lie) {
        this.lie = lie;
    }

    /** What it says. */
    interface Lie {
        /** Is told each time that devshell sends something, {@link HostMessage.Plan} first. */
        void answer(HostMessage message, Mouth mouth) throws IOException;
    }

    int starts() {
        return starts.get();
    }

    @Override
    public AgentStream start() throws IOException {
        starts.incrementAndGet();
        Mouth mouth = new Mouth();
        Threads.start("lying-agent", () -> serve(mouth));
        return mouth;
    }

    private void serve(Mouth mouth) {
        FrameReader<HostMessage> reader = FrameReader.fromHost(mouth.toAgent.source()::read);
        try {
            for (HostMessage message = reader.next(); message != null; message = reader.next()) {
                if (message instanceof HostMessage.Hello) {
                    mouth.say(new AgentMessage.Welcome("0".repeat(64), 1, "amd64", 0));
                } else if (message instanceof HostMessage.Heartbeat) {
                    mouth.say(new AgentMessage.Heartbeat());
                } else {
                    lie.answer(message, mouth);
                }
            }
        } catch (IOException | WireException e) {
            // devshell does not listen any more.
            mouth.close();
        }
    }

    /** Says something, true to the protocol or not. */
    static final class Mouth implements AgentStream {
        private final Pipe toAgent = Pipe.open();
        private final Pipe toHost = Pipe.open();
        private final FrameWriter<AgentMessage> writer = FrameWriter.toHost();

        Mouth() throws IOException {}

        void say(AgentMessage... messages) throws IOException {
            for (AgentMessage message : messages) {
                writer.add(message);
                raw(writer.take());
            }
        }

        void raw(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                toHost.sink().write(bytes);
            }
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            return toHost.source().read(into);
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                toAgent.sink().write(bytes);
            }
        }

        @Override
        public void close() {
            try {
                toAgent.sink().close();
                toAgent.source().close();
                toHost.sink().close();
                toHost.source().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
