package dev.devshell.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangedPathsTests {
    private static final long WHEN = -5;

    private final ChangedPaths changed = new ChangedPaths();

    @Test
    void knowsSinceWhenAPathIsOnItsWay() {
        changed.touch("/a", WHEN, true);
        changed.touch("/a", WHEN + 1, true);
        changed.touch("/b", WHEN, false);
        assertThat(changed.since("/a")).isEqualTo(WHEN);
        assertThat(changed.since("/a")).isNotEqualTo(WHEN);
        assertThat(changed.since("/b")).isNotEqualTo(WHEN);
    }

    @Test
    void doesNotCountTheTimeBeforeAPauseEnded() {
        changed.touch("/a", WHEN, true);
        changed.untimed();
        assertThat(changed.since("/a")).isNotEqualTo(WHEN);
        assertThat(changed.contains("/a")).isTrue();
    }

    @Test
    void namesSomeOfManyWithoutTakingThem() {
        IntStream.range(0, 5_000).forEach(i -> changed.again("/d/" + i));
        assertThat(changed.some(20)).hasSize(20).allMatch(changed::contains);
        assertThat(changed.size()).isEqualTo(5_000);
    }
}
