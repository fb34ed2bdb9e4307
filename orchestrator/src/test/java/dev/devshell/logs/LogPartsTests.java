package dev.devshell.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.devshell.LogEntry;
import dev.devshell.engine.LogRange;
import dev.devshell.engine.LoggedLine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogPartsTests {
    private static LogEntry line(String service, int milli, String text) {
        return new LogEntry(service, 1, "id-" + service, Instant.ofEpochMilli(milli), text);
    }

    private static List<String> texts(List<LogEntry> lines) {
        return lines.stream().map(LogEntry::text).toList();
    }

    @Test
    void aRingHoldsNoMoreLinesThanItMay() {
        LogRing ring = new LogRing(3, 1 << 20);
        IntStream.range(0, 10).forEach(n -> ring.add(line("web", n, "line " + n)));

        assertThat(texts(ring.lines())).containsExactly("line 7", "line 8", "line 9");
    }

    @Test
    void aRingHoldsNoMoreBytesThanItMayButAlwaysTheLastLine() {
        LogRing ring = new LogRing(100, 1000);
        IntStream.range(0, 10).forEach(n -> ring.add(line("web", n, n + "x".repeat(299))));
        assertThat(ring.lines()).hasSize(2);

        ring.add(line("web", 10, "y".repeat(5000)));
        assertThat(texts(ring.lines())).containsExactly("y".repeat(5000));
    }

    @Test
    void keepsServicesApartSoThatOneThatTalksALotTakesNothingFromTheOthers() {
        KeptLogs kept = new KeptLogs();
        kept.lines(List.of(line("db", 5, "once")));
        IntStream.range(0, KeptLogs.MOST_LINES + 10).forEach(n -> kept.lines(List.of(line("web", n, "web " + n))));

        assertThat(kept.of(List.of())).hasSize(KeptLogs.MOST_LINES + 1).isSortedAccordingTo(LogEntry.BY_TIME);
        assertThat(texts(kept.of(List.of("db")))).containsExactly("once");
    }

    @Test
    void mergesByTimeAndKeepsTheOrderOfOneContainer() {
        LogMerge merged = new LogMerge(List.of(
                List.of(line("db", 1, "a"), line("db", 4, "d"), line("db", 4, "e"))
                        .iterator(),
                List.<LogEntry>of().iterator(),
                List.of(line("web", 2, "b"), line("web", 3, "c"), line("web", 5, "f"))
                        .iterator()));

        StringBuilder order = new StringBuilder();
        merged.forEachRemaining(line -> order.append(line.text()));
        assertThat(order).hasToString("abcdef");
    }

    @Test
    void interleavesWhatArrivesOutOfOrder() throws InterruptedException {
        List<LogEntry> told = new CopyOnWriteArrayList<>();
        try (Interleaver interleaver = new Interleaver(told::addAll)) {
            for (LogEntry line :
                    List.of(line("web", 20, "c"), line("db", 10, "a"), line("web", 30, "d"), line("db", 15, "b"))) {
                interleaver.put(line);
            }
            await().untilAsserted(() -> assertThat(texts(told)).containsExactly("a", "b", "c", "d"));
        }
    }

    @Test
    void losesNothingWhenMoreComesThanItHolds() throws InterruptedException {
        List<LogEntry> told = new CopyOnWriteArrayList<>();
        int lines = Interleaver.MOST * 3;
        try (Interleaver interleaver = new Interleaver(told::addAll)) {
            for (int n = 0; n < lines; n++) {
                interleaver.put(line("web", n, "line " + n));
            }
            await().until(() -> told.size() == lines);
        }
        assertThat(told).isSortedAccordingTo(LogEntry.BY_TIME);
    }

    @Test
    void goesOnWhereItStoppedThoughSeveralLinesHaveTheSameInstant() {
        LogPosition position = new LogPosition();
        LogRange all = LogRange.ALL;
        assertThat(position.resume(all)).isEqualTo(all);
        List<LoggedLine> written =
                List.of(logged(1, "a"), logged(2, "b"), logged(2, "c"), logged(2, "d"), logged(3, "e"));
        assertThat(written.subList(0, 3)).allMatch(position::isNew);

        assertThat(position.resume(all))
                .isEqualTo(new LogRange(Optional.of(Instant.ofEpochMilli(2)), OptionalInt.empty(), false));
        assertThat(written.stream().filter(position::isNew)).containsExactly(written.get(3), written.get(4));
    }

    @Test
    void hidesNothingOfAClockThatWasSetBack() {
        LogPosition position = new LogPosition();
        assertThat(position.isNew(logged(100, "before"))).isTrue();
        assertThat(position.isNew(logged(50, "after"))).isTrue();

        position.resume(LogRange.ALL);
        assertThat(position.isNew(logged(50, "after"))).isFalse();
        assertThat(position.isNew(logged(60, "later"))).isTrue();
    }

    private static LoggedLine logged(int milli, String text) {
        return new LoggedLine(Instant.ofEpochMilli(milli), text);
    }
}
