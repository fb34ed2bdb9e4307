package dev.devshell.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentClockTests {
    private static final long START = 1_000_000;

    /** Everything in milliseconds: what the clocks differ by, how long the greeting took, what the times of two files differ by, and what the host's clock was set by since. */
    @ParameterizedTest(name = "clock {0}, greeting {1}, written {2} later, host''s clock set by {3}: {4}")
    @DisplayName("policy newest: a file is newer when no error of the clocks can explain it")
    @CsvSource(delimiter = '|', textBlock = """
            #  offset | greeting | later  | set    | newer
            0         | 10       | 1000   | 0      | true
            0         | 10       | -1000  | 0      | false
            0         | 10       | 0      | 0      | false
            0         | 10       | 14     | 0      | false
            0         | 10       | 16     | 0      | true
            300000    | 10       | 1000   | 0      | true
            300000    | 10       | -1000  | 0      | false
            -300000   | 10       | 1000   | 0      | true
            -300000   | 10       | -1000  | 0      | false
            300000    | 4000     | 1900   | 0      | false
            300000    | 4000     | 2100   | 0      | true
            0         | 10       | 1000   | -60000 | false
            0         | 10       | 1000   | 60000  | false
            0         | 10       | 120000 | 60000  | true
            """)
    void isLaterOnlyBeyondWhatTheClocksMayErr(long offset, long greeting, long later, long set, boolean newer) {
        AgentClock clock = AgentClock.of(reading(0, 0), reading(greeting, 0), nanos(START + greeting / 2 + offset));

        assertThat(clock.isLater(nanos(START + offset + later), nanos(START), reading(5_000, set)))
                .isEqualTo(newer);
    }

    private static AgentClock.Reading reading(long after, long set) {
        return new AgentClock.Reading(nanos(START + after + set), nanos(after));
    }

    private static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
