package dev.devshell.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangedPathsTests {
    private static final long WHEN = -5;

    private final ChangedPaths changed = new ChangedPaths();

    @Test
    void knowsSinceWhenAPathIsOnItsWay() {
        changed.touch("/a", WHEN, true, false);
        changed.touch("/a", WHEN + 1, true, false);
        changed.touch("/b", WHEN, false, false);
        assertThat(changed.since("/a")).isEqualTo(WHEN);
        assertThat(changed.since("/a")).isNotEqualTo(WHEN);
        assertThat(changed.since("/b")).isNotEqualTo(WHEN);
    }

    @Test
    void doesNotCountTheTimeBeforeAPauseEnded() {
        changed.touch("/a", WHEN, true, false);
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

    @Test
    void takesWhatIsThereBeforeWhatIsGone() {
        IntStream.range(0, 3_000).forEach(i -> changed.touch("/gone/" + i, WHEN, true, true));
        IntStream.range(0, 100).forEach(i -> changed.touch("/new/" + i, WHEN, true, false));
        assertThat(changed.take(path -> false, true)).hasSize(100).allMatch(path -> path.startsWith("/new/"));
        assertThat(changed.take(path -> false, true)).hasSize(ChangedPaths.PART);
    }

    @Test
    void takesADirectoryThatIsGoneAfterWhatWasInIt() {
        IntStream.range(0, 3_000).forEach(i -> changed.touch("/d/" + i, WHEN, true, true));
        assertThat(changed.take(path -> false, true)).hasSize(ChangedPaths.PART);
        changed.touch("/d", WHEN, true, true);
        assertThat(changed.take(path -> false, true))
                .hasSize(3_001 - ChangedPaths.PART)
                .last()
                .isEqualTo("/d");
        assertThat(changed.isEmpty()).isTrue();
    }
}
