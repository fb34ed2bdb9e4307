package dev.devshell.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTests {
    private final Report report = new Report("a machine");

    @Test
    void tellsRatiosToTheFloorAndToDevshell() {
        report.floor("edit", Sample.of(List.of(1.0)));
        report.add("edit", "devshell", Sample.of(List.of(2.0)));
        report.add("edit", "other", Sample.of(List.of(500.0)));

        assertThat(report.table()).contains("| other | 1 | 500 | 500 | 500 | 500 | 250 |");
    }

    @Test
    void aProgramThatDoesNotArriveHasItsNote() {
        report.note("edit", "other", "never");

        assertThat(report.table()).contains("other").contains("never");
        assertThat(report.json()).contains("\"note\":\"never\"");
    }
}
