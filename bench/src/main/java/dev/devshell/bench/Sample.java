package dev.devshell.bench;

import java.util.Collection;
import java.util.List;

/** Times of one thing, in milliseconds. */
record Sample(List<Double> millis) {
    static final Sample NONE = new Sample(List.of());

    Sample {
        millis = millis.stream().sorted().toList();
    }

    static Sample of(Collection<Double> millis) {
        return new Sample(List.copyOf(millis));
    }

    boolean isEmpty() {
        return millis.isEmpty();
    }

    /** Returns the percentile by nearest rank, NaN where nothing was measured; of few times the high ones are the maximum. */
    double percentile(int percent) {
        if (millis.isEmpty()) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(percent / 100.0 * millis.size());
        return millis.get(Math.max(0, rank - 1));
    }

    double median() {
        return percentile(50);
    }
}
