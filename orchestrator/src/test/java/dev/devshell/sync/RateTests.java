package dev.devshell.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RateTests {
    private final Rate rate = new Rate();

    @Test
    void countsAllAndTellsTheMeanOfTheLastTenSeconds() {
        rate.add(500, seconds(100));
        rate.add(300, seconds(104));
        assertThat(rate.perSecond(seconds(104))).isEqualTo(80);
        assertThat(rate.perSecond(seconds(111))).isEqualTo(30);
        assertThat(rate.perSecond(seconds(500))).isZero();
        assertThat(rate.total()).isEqualTo(800);
    }

    @Test
    void takesTimesThatComeLate() {
        rate.add(100, seconds(10));
        rate.add(100, seconds(9));
        assertThat(rate.perSecond(seconds(10))).isEqualTo(20);
    }

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }
}
