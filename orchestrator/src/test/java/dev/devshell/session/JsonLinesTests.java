package dev.devshell.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonLinesTests {
    @Test
    void readsObjectsAcrossReads() throws IOException {
        JsonLines lines = new JsonLines(new Trickle("{\"a\":1}\n{\"b\":\"ü\"}\n", 3));

        assertThat(lines.read().orElseThrow().path("a").asInt()).isEqualTo(1);
        assertThat(lines.read().orElseThrow().path("b").asText()).isEqualTo("ü");
        assertThat(lines.read()).isEmpty();
    }

    @Test
    void refusesALineThatIsTooLong() {
        JsonLines lines = new JsonLines(new Trickle("[" + "1,".repeat(100) + "1]\n", 50), 64);

        assertThatThrownBy(lines::read).isInstanceOf(IOException.class).hasMessageContaining("64 bytes");
    }

    @Test
    void refusesWhatIsNotJson() {
        JsonLines lines = new JsonLines(new Trickle("hello\n", 50));

        assertThatThrownBy(lines::read).isInstanceOf(IOException.class).hasMessageContaining("not JSON");
    }

    @Test
    void leavesAHalfLineOut() throws IOException {
        assertThat(new JsonLines(new Trickle("{\"a\":1", 50)).read()).isEmpty();
    }

    /** A channel that has a few bytes at a time. */
    private static final class Trickle implements ByteChannel {
        private final ByteBuffer content;
        private final int step;

        Trickle(String content, int step) {
            this.content = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
            this.step = step;
        }

        @Override
        public int read(ByteBuffer into) {
            if (!content.hasRemaining()) {
                return -1;
            }
            int count = Math.min(step, Math.min(into.remaining(), content.remaining()));
            for (int i = 0; i < count; i++) {
                into.put(content.get());
            }
            return count;
        }

        @Override
        public int write(ByteBuffer from) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
