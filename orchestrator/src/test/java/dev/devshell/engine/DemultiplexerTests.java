package dev.devshell.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ScatteringByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemultiplexerTests {
    private final ByteArrayOutputStream wire = new ByteArrayOutputStream();
    private final List<String> stderr = new ArrayList<>();

    @Test
    void keepsOutputAndErrorsApart() throws IOException {
        frame(1, "out ".getBytes(UTF_8));
        frame(2, "first\r\nsec".getBytes(UTF_8));
        frame(1, "put".getBytes(UTF_8));
        frame(2, "ond\n\nlast".getBytes(UTF_8));

        assertThat(new String(readAll(3, 5, 64), UTF_8)).isEqualTo("out put");
        assertThat(stderr).containsExactly("first", "second", "", "last");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 4096, 100_000})
    void givesBackEveryByteHoweverTheChannelCutsThem(int chunk) throws IOException {
        Random random = new Random(42);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (int i = 0; i < 60; i++) {
            byte[] data = new byte[random.nextInt(i % 3 == 0 ? 70_000 : 50)];
            random.nextBytes(data);
            boolean error = random.nextInt(4) == 0;
            frame(error ? 2 : 1, data);
            if (!error) {
                expected.writeBytes(data);
            }
        }

        for (int into : new int[] {13, 4096, 1 << 20}) {
            assertThat(readAll(chunk, into, 64)).isEqualTo(expected.toByteArray());
        }
    }

    @Test
    void cutsALineThatDoesNotEnd() throws IOException {
        frame(2, "x".repeat(20_000).getBytes(UTF_8));

        readAll(1000, 1000, 64);

        assertThat(stderr).extracting(String::length).containsExactly(8192, 8192, 3616);
    }

    @Test
    void refusesWhatIsNoFrame() {
        wire.writeBytes("HTTP/1.1 500 oh".getBytes(UTF_8));

        assertThatThrownBy(() -> readAll(100, 100, 64)).hasMessageContaining("not a frame");
    }

    @Test
    void refusesAnEndInsideAFrame() {
        wire.writeBytes(new byte[] {1, 0, 0, 0, 0, 0, 0, 9, 'a'});

        assertThatThrownBy(() -> readAll(100, 100, 64)).hasMessageContaining("ended inside a frame");
    }

    private void frame(int stream, byte[] data) {
        wire.writeBytes(
                ByteBuffer.allocate(8).putInt(stream << 24).putInt(data.length).array());
        wire.writeBytes(data);
    }

    private byte[] readAll(int chunk, int into, int buffer) throws IOException {
        ByteBuffer empty = ByteBuffer.allocate(buffer).flip();
        Demultiplexer streams = new Demultiplexer(new Chunks(wire.toByteArray(), chunk), empty, stderr::add);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer target = ByteBuffer.allocate(into);
        while (streams.read(target.clear()) >= 0) {
            all.write(target.array(), 0, target.position());
        }
        return all.toByteArray();
    }

    /** A channel that gives at most {@code chunk} bytes at a time. */
    private record Chunks(ByteBuffer bytes, int chunk) implements ScatteringByteChannel {
        Chunks(byte[] bytes, int chunk) {
            this(ByteBuffer.wrap(bytes), chunk);
        }

        @Override
        public int read(ByteBuffer into) {
            return (int) read(new ByteBuffer[] {into}, 0, 1);
        }

        @Override
        public long read(ByteBuffer[] into) {
            return read(into, 0, into.length);
        }

        @Override
        public long read(ByteBuffer[] into, int offset, int length) {
            if (!bytes.hasRemaining()) {
                return -1;
            }
            int count = 0;
            for (int i = offset; i < offset + length; i++) {
                while (into[i].hasRemaining() && bytes.hasRemaining() && count < chunk) {
                    into[i].put(bytes.get());
                    count++;
                }
            }
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
