package dev.devshell.sync;

import dev.devshell.fault.Faults;
import dev.devshell.fault.Faults.Step;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The line to an agent, each of whose frames passes the faults first; one that fails there is cut in its middle. */
record FaultyLine(AgentStarter agent, Faults faults) implements AgentStarter {
    @Override
    public AgentStream start() throws IOException, InterruptedException {
        faults.pass(Step.READ, "start the agent");
        return new Line(agent.start(), faults);
    }

    private static final class Line implements AgentStream {
        private final AgentStream stream;
        private final Faults faults;
        private final Frames sent = new Frames();
        private final Frames received = new Frames();
        private ByteBuffer passed = ByteBuffer.allocate(0);

        Line(AgentStream stream, Faults faults) {
            this.stream = stream;
            this.faults = faults;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            sent.add(bytes);
            for (ByteBuffer frame = sent.next(); frame != null; frame = sent.next()) {
                ByteBuffer whole = frame;
                faults.pass(
                        Step.SENT,
                        Frames.name(whole),
                        () -> stream.write(whole.duplicate().limit(whole.remaining() / 2)));
                stream.write(whole);
            }
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            while (!passed.hasRemaining()) {
                ByteBuffer frame = received.next();
                if (frame == null) {
                    ByteBuffer more = ByteBuffer.allocate(64 * 1024);
                    if (stream.read(more) < 0 || faults.isStopped()) {
                        return -1;
                    }
                    received.add(more.flip());
                } else {
                    faults.pass(Step.RECEIVED, Frames.name(frame));
                    passed = frame;
                }
            }
            int length = Math.min(into.remaining(), passed.remaining());
            into.put(passed.slice().limit(length));
            passed.position(passed.position() + length);
            return length;
        }

        @Override
        public long leastUpload() {
            return stream.leastUpload();
        }

        @Override
        public Optional<Upload> upload(String name, long size) throws IOException {
            faults.pass(Step.SENT, "begin an upload");
            return stream.upload(name, size).map(upload -> new FaultyUpload(upload, faults));
        }

        @Override
        public void close() {
            stream.close();
        }
    }

    private record FaultyUpload(Upload upload, Faults faults) implements Upload {
        @Override
        public void write(ByteBuffer bytes) throws IOException {
            int half = bytes.position() + bytes.remaining() / 2;
            faults.pass(
                    Step.SENT, "upload", () -> upload.write(bytes.duplicate().limit(half)));
            upload.write(bytes);
        }

        @Override
        public void finish() throws IOException {
            faults.pass(Step.SENT, "finish an upload");
            upload.finish();
        }

        @Override
        public void giveUp() throws IOException {
            faults.pass(Step.SENT, "give an upload up");
            upload.giveUp();
        }

        @Override
        public void close() throws IOException {
            upload.close();
        }
    }

    /** The bytes of one direction, cut where frames end. */
    private static final class Frames {
        private static final int PREAMBLE = 6;

        private ByteBuffer bytes = ByteBuffer.allocate(0);
        private boolean greeted;

        void add(ByteBuffer more) {
            bytes = ByteBuffer.allocate(bytes.remaining() + more.remaining())
                    .put(bytes)
                    .put(more)
                    .flip();
        }

        @Nullable
        ByteBuffer next() {
            int length = greeted ? 4 : PREAMBLE;
            if (greeted && bytes.remaining() >= length) {
                length += bytes.getInt(bytes.position());
            }
            if (bytes.remaining() < length) {
                return null;
            }
            greeted = true;
            byte[] frame = new byte[length];
            bytes.get(frame);
            return ByteBuffer.wrap(frame);
        }

        static String name(ByteBuffer frame) {
            return frame.remaining() == PREAMBLE ? "preamble" : "frame %02x".formatted(frame.get(4));
        }
    }
}
