package dev.devshell.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTests {
    @Test
    void percentilesAreByNearestRankWhateverTheOrder() {
        Sample sample = Sample.of(
                IntStream.rangeClosed(1, 60).mapToObj(i -> (double) (61 - i)).toList());

        assertThat(sample.median()).isEqualTo(30);
        assertThat(sample.percentile(95)).isEqualTo(57);
        assertThat(sample.percentile(99)).isEqualTo(60);
    }

    @Test
    void nothingMeasuredHasNoMedian() {
        assertThat(Sample.NONE.median()).isNaN();
    }

    @Test
    void aSingleTimeIsEveryPercentile() {
        assertThat(Sample.of(List.of(7.0)).percentile(99)).isEqualTo(7);
    }
}
