package dev.devshell.differ;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Random operations on the host and in a real container at once.
 *
 * <p>{@code -Ddevshell.seed=N} replays a seed, {@code -Ddevshell.seeds=N} tries that many (5, and 200 under {@code -Pnightly}), and
 * {@code -Ddevshell.shrink=SECONDS} is how long a failing one may take to be shrunk (120; 0 for not at all).
 */
@Tag("engine")
class RandomDifferTests {
    private static final Logger LOG = LoggerFactory.getLogger(RandomDifferTests.class);
    private static final Duration SHRINKING = Duration.ofSeconds(Long.getLong("devshell.shrink", 120));
    private static final int TRIES = 3;

    @TempDir
    static Path directory;

    private static Runner runner;

    @BeforeAll
    static void open() throws IOException {
        runner = new Runner(directory);
    }

    @AfterAll
    static void close() throws IOException {
        runner.close();
    }

    static LongStream seeds() {
        Long seed = Long.getLong("devshell.seed");
        return seed != null
                ? LongStream.of(seed)
                : LongStream.iterate(System.currentTimeMillis(), next -> next + 1)
                        .limit(Integer.getInteger("devshell.seeds", 5));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("rules 1, 2, 3: whatever both sides do at once, they end equal, and what stood for 200 ms is not lost")
    void convergesAndLosesNothing(long seed) throws IOException {
        Script script = Author.of(seed);
        Outcome outcome = runner.run(script);
        LOG.info("seed {}: {}", seed, outcome.summary());
        if (outcome.failed()) {
            LOG.error("seed {}: {}", seed, String.join("\n  ", outcome.violations()));
            Script shortest =
                    new Shrinker(candidate -> runner.run(candidate).failed(), TRIES, SHRINKING).shrink(script);
            fail(
                    "%s%nreplay with -Ddevshell.seed=%d%nof its %d steps, these are enough:%n%s",
                    String.join("\n", outcome.violations()),
                    seed,
                    script.steps().size(),
                    shortest);
        }
    }
}
