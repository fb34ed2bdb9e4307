package dev.devshell.sync;

import static dev.devshell.sync.Retries.FIRST_NANOS;
import static dev.devshell.sync.Retries.LONGEST_NANOS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetriesTests {
    private final Retries retries = new Retries();
    private long now = Long.MAX_VALUE - LONGEST_NANOS;

    @Test
    void nothingIsDueWhileNothingFailed() {
        assertThat(retries.due(false, now)).isEqualTo(Mailbox.Rest.NEVER);
        assertThat(retries.areDue(false, now)).isFalse();
    }

    @Test
    void triesSoonAtFirstThenEverLessOften() {
        assertThat(waited()).isEqualTo(FIRST_NANOS);
        assertThat(waited()).isEqualTo(2 * FIRST_NANOS);
        assertThat(waited()).isEqualTo(4 * FIRST_NANOS);
        waited();
        waited();
        assertThat(waited()).isEqualTo(LONGEST_NANOS);
        assertThat(waited()).isEqualTo(LONGEST_NANOS);
    }

    @Test
    void whatFailsAfterALongQuietIsTriedSoonAgain() {
        waited();
        waited();
        retries.due(false, now);
        now += 2 * LONGEST_NANOS + 1;
        assertThat(waited()).isEqualTo(FIRST_NANOS);
    }

    /** What goes on failing right after it was tried again is not a new fault. */
    @Test
    void whatFailsAgainShortlyAfterIsTriedLessOften() {
        waited();
        retries.due(false, now);
        now += FIRST_NANOS;
        assertThat(waited()).isEqualTo(2 * FIRST_NANOS);
    }

    /** Lets the time pass until the next try, and returns how long that was. */
    private long waited() {
        long due = retries.due(true, now);
        assertThat(retries.areDue(true, now + due - 1)).isFalse();
        now += due;
        assertThat(retries.areDue(true, now)).isTrue();
        return due;
    }
}
