package dev.devshell.sync.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameTests {
    private static final String PREAMBLE = "647673680003";

    @Test
    void readsMessagesThatComeInPieces() throws Exception {
        List<AgentMessage> messages = List.copyOf(Samples.toHost().values());
        byte[] stream = Streams.bytes(FrameWriter.toHost(), messages);

        List<AgentMessage> read = Streams.all(FrameReader.fromAgent(Streams.trickling(stream, new Random(1))));

        assertThat(read).isEqualTo(messages);
    }

    @Test
    void writesThePreambleOnce() {
        FrameWriter<HostMessage> writer = FrameWriter.toAgent();
        writer.add(new HostMessage.Heartbeat());
        assertThat(hex(writer.take())).isEqualTo(PREAMBLE + "0000000108");

        assertThat(writer.size()).isZero();
        writer.add(new HostMessage.Bye());
        writer.add(new HostMessage.Bye());
        assertThat(writer.size()).isEqualTo(10);
        assertThat(hex(writer.take())).isEqualTo("00000001090000000109");
        assertThat(writer.take().hasRemaining()).isFalse();
    }

    @Test
    void keepsWhatIsGatheredWhenAMessageDoesNotFit() {
        FrameWriter<HostMessage> writer = FrameWriter.toAgent();
        HostMessage large = new HostMessage.Keep(Collections.nCopies(300, "/" + "a/".repeat(2_000) + "b"));

        assertThatIllegalArgumentException().isThrownBy(() -> writer.add(large)).withMessageContaining("a frame");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> writer.add(new HostMessage.Hello("\ud800", 1)))
                .withMessageContaining("UTF-8");

        assertThat(hex(writer.take())).isEqualTo(PREAMBLE);
    }

    @Test
    void readsALargeFrameAndSmallOnesAfterIt() throws Exception {
        List<HostMessage> messages = List.of(
                new HostMessage.Keep(Collections.nCopies(200, "/" + "a/".repeat(2_000) + "b")),
                new HostMessage.Cookie(1),
                new HostMessage.Slice(1, SliceEnd.MORE, Bytes.of(new byte[Content.MAX_INLINE])),
                new HostMessage.Cookie(2));

        assertThat(Streams.all(FrameReader.fromHost(Streams.of(Streams.bytes(FrameWriter.toAgent(), messages)))))
                .isEqualTo(messages);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 647673680004 0000000108, version 3 of the agent protocol, the other end version 4",
        "'', 485454502f31 2e31, starts with 48545450",
        "'', 6476, ends within a frame",
        "1, 00000000, 1 to 1048576 bytes, but was: 0",
        "1, 00100001, but was: 1048577",
        "1, ffffffff, but was: 4294967295",
        "1, 00000002 08, ends within a frame",
        "1, 00000002 0800, 1 bytes too many",
        "1, 00000001 81, no message to the agent has the type 129",
        "1, 00000009 07 00000000, ends within a frame",
        "1, 00000005 07 00000000, the frame ends within an id",
        "1, 00000005 06 7fffffff, cannot hold this many ids: 2147483647",
        "1, 00000009 01 0002c328 00000001, an owner is not UTF-8",
        "1, 00000009 01 0002c3a4 ffffffff, a lease is from 0",
        "1, 00000012 0d 0000000000000001 01 00062e2e2f612f62, an upload's name is",
        "1, 0000000a 0a 00000001 00032f612f, no empty",
        "1, 0000000a 0a 00000001 00032f2e2e, no empty",
        "1, 0000000a 0a 00000001 00032f2f61, no empty",
        "1, 00000009 0a 00000001 00022f00, has no NUL",
        "1, 00000009 0a 00000001 00026162, a path starts with",
        "1, 0000001d 0b 0000000000000001 00000001 ffffffffffffffff 0000000000000001, an offset",
        "1, 0000001d 0b 0000000000000001 00000001 0000000000000001 7fffffffffffffff, an offset",
        "1, 0000001d 0b 0000000000000001 00000001 0000000000000001 0000000000000000, at least one byte",
        "1, 0000000d 0b 0000000000000001 00000000, 1 to 4096 ranges",
        "1, 0000000e 04 0000000000000001 03 00000000, a slice's end is from 0 to 2",
        "1, 0000000e 04 0000000000000001 00 00010001, content is from 0 to 65536 bytes",
    })
    void refusesWhatDoesNotFit(String greeted, String hex, String why) {
        byte[] stream = HexFormat.of().parseHex((greeted.isEmpty() ? "" : PREAMBLE) + hex.replace(" ", ""));

        assertThatExceptionOfType(WireException.class)
                .isThrownBy(() -> Streams.all(FrameReader.fromHost(Streams.of(stream))))
                .withMessageContaining(why);
    }

    private static String hex(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
