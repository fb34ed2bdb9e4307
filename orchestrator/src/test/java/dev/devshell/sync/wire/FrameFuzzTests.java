package dev.devshell.sync.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads mutations of valid streams: they are messages or a {@link WireException}, and nothing large is ever allocated. */
class FrameFuzzTests {
    private static final int ROUNDS = Integer.getInteger("devshell.fuzz", 20_000);

    private final List<AgentMessage> toHost = List.copyOf(Samples.toHost().values());
    private final List<HostMessage> toAgent = List.copyOf(Samples.toAgent().values());

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void readsAnythingOrSaysWhatIsWrong(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] host = mutate(Streams.bytes(FrameWriter.toHost(), some(toHost, random)), random);
            byte[] agent = mutate(Streams.bytes(FrameWriter.toAgent(), some(toAgent, random)), random);
            read(FrameReader.fromAgent(limited(host, random)), "seed " + seed + " round " + round);
            read(FrameReader.fromHost(limited(agent, random)), "seed " + seed + " round " + round);
        }
    }

    static LongStream seeds() {
        return LongStream.of(1, 20_260_101, Long.getLong("devshell.seed", System.nanoTime()));
    }

    private static void read(FrameReader<?> reader, String where) {
        try {
            while (reader.next() != null) {
                // reading it is the test
            }
        } catch (WireException e) {
            assertThat(e).as(where).hasMessageMatching("(?s).+");
        } catch (IOException | RuntimeException e) {
            fail(where, e);
        }
    }

    private static <M> List<M> some(List<M> messages, Random random) {
        return random.ints(1 + random.nextInt(3), 0, messages.size())
                .mapToObj(messages::get)
                .toList();
    }

    private static byte[] mutate(byte[] stream, Random random) {
        byte[] mutated = stream.clone();
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(mutated.length);
            switch (random.nextInt(5)) {
                case 0 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> mutated[at] = (byte) random.nextInt();
                case 2 -> Arrays.fill(mutated, at, Math.min(mutated.length, at + 4), (byte) 0xff);
                case 3 -> mutated = Arrays.copyOf(mutated, Math.max(1, at));
                default -> mutated = spliced(mutated, at, random);
            }
        }
        return mutated;
    }

    private static byte[] spliced(byte[] bytes, int at, Random random) {
        int from = random.nextInt(bytes.length);
        int count = random.nextInt(Math.min(64, bytes.length - from) + 1);
        return ByteBuffer.allocate(bytes.length + count)
                .put(bytes, 0, at)
                .put(bytes, from, count)
                .put(bytes, at, bytes.length - at)
                .array();
    }

    /** Returns a source that also watches how large a buffer it is given. */
    private static ByteSource limited(byte[] bytes, Random random) {
        ByteSource source = random.nextBoolean() ? Streams.of(bytes) : Streams.trickling(bytes, random);
        return into -> {
            assertThat(into.capacity()).isLessThanOrEqualTo(Limits.FRAME);
            return source.read(into);
        };
    }
}
