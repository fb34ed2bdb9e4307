package dev.devshell.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.devshell.sync.core.Digest;
import dev.devshell.sync.wire.AgentMessage;
import dev.devshell.sync.wire.Bytes;
import dev.devshell.sync.wire.SliceEnd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncomingTests {
    @TempDir
    private Path directory;

    private final Queue<Runnable> loop = new ConcurrentLinkedQueue<>();
    private final List<Path> arrived = new ArrayList<>();
    private Incoming incoming;

    @BeforeEach
    void open() {
        incoming = new Incoming(directory, loop::add);
    }

    @AfterEach
    void close() {
        incoming.close();
    }

    private void expect(long id) throws IOException {
        byte[] content = content(id);
        incoming.expect(
                id, Digest.of(content), content.length, Incoming.Base.none(), result -> arrived.add(result.file()));
    }

    private static byte[] content(long id) {
        return ("content " + id).getBytes(StandardCharsets.UTF_8);
    }

    private void slice(long id, SliceEnd end) {
        incoming.slice(new AgentMessage.Slice(id, end, Bytes.of(content(id))), () -> {});
    }

    @Test
    void takesManyContentsThatComeOneAfterTheOtherFasterThanTheyAreWritten() throws Exception {
        for (long id = 1; id <= 500; id++) {
            expect(id);
        }
        for (long id = 1; id <= 500; id++) {
            slice(id, SliceEnd.LAST);
        }
        await().until(() -> loop.size() == 500);
        loop.forEach(Runnable::run);

        assertThat(arrived).hasSize(500).doesNotContainNull();
    }

    @Test
    void refusesManyContentsAtOnce() throws Exception {
        for (long id = 1; id <= 65; id++) {
            expect(id);
        }
        for (long id = 1; id <= 64; id++) {
            slice(id, SliceEnd.MORE);
        }

        assertThatThrownBy(() -> slice(65, SliceEnd.MORE))
                .isInstanceOf(BreachException.class)
                .hasMessageContaining("64 contents at once");
    }

    @Test
    void leavesNothingBehindOnceItIsClosed() throws Exception {
        for (long id = 1; id <= 64; id++) {
            expect(id);
            slice(id, SliceEnd.MORE);
        }
        incoming.close();

        assertThat(directory).isEmptyDirectory();
        open();
    }
}
