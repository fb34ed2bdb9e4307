package dev.devshell.repl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devshell.LogEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.TypeConversionException;

class PartsTests {
    @Test
    void readsDurations() {
        Durations durations = new Durations();

        assertThat(durations.convert("30")).isEqualTo(Duration.ofSeconds(30));
        assertThat(durations.convert("250ms")).isEqualTo(Duration.ofMillis(250));
        assertThat(durations.convert("1.5m")).isEqualTo(Duration.ofSeconds(90));
        assertThatThrownBy(() -> durations.convert("soon")).isInstanceOf(TypeConversionException.class);
        assertThatThrownBy(() -> durations.convert("0")).isInstanceOf(TypeConversionException.class);
    }

    @Test
    void readsMoments() {
        Moments moments = new Moments(Clock.fixed(Instant.parse("2026-01-31T13:00:00Z"), ZoneOffset.ofHours(1)));

        assertThat(moments.convert("10m")).isEqualTo("2026-01-31T12:50:00Z");
        assertThat(moments.convert("1d1h30m")).isEqualTo("2026-01-30T11:30:00Z");
        assertThat(moments.convert("45s")).isEqualTo("2026-01-31T12:59:15Z");
        assertThat(moments.convert("09:30")).isEqualTo("2026-01-31T08:30:00Z");
        assertThat(moments.convert("2026-01-30")).isEqualTo("2026-01-29T23:00:00Z");
        assertThat(moments.convert("2026-01-30T12:00")).isEqualTo("2026-01-30T11:00:00Z");
        assertThat(moments.convert("2026-01-30T12:00:00Z")).isEqualTo("2026-01-30T12:00:00Z");
        assertThat(moments.convert("2026-01-30T12:00:00.5+02:00")).isEqualTo("2026-01-30T10:00:00.500Z");
        for (String wrong : List.of("", "soon", "25:00", "2026-13-01")) {
            assertThatThrownBy(() -> moments.convert(wrong)).isInstanceOf(TypeConversionException.class);
        }
    }

    @Test
    void putsTheServicesNameBeforeItsLinesInAColourOfItsOwn() {
        List<String> services = List.of("db", "web", "worker", "mail", "cache");
        LogPrefix prefix = new LogPrefix(services, services, true);
        LogPrefix some = new LogPrefix(services, List.of("web"), true);
        LogPrefix plain = new LogPrefix(services, List.of("web", "worker"), false);

        assertThat(plain.of(line("web", 1))).isEqualTo("web    | ");
        assertThat(plain.of(line("web", 2))).isEqualTo("web-2  | ");
        assertThat(services.stream().map(service -> prefix.of(line(service, 1)).substring(0, 5)))
                .doesNotHaveDuplicates();
        assertThat(some.of(line("web", 1)).substring(0, 5))
                .isEqualTo(prefix.of(line("web", 1)).substring(0, 5));
    }

    private static LogEntry line(String service, int number) {
        return new LogEntry(service, number, "id", Instant.EPOCH, "");
    }

    @Test
    void alignsColumnsByWhatIsSeen() {
        List<String> lines =
                new TextTable().row(Style.RED.on("ab"), "x").row("abcd", "y").lines();

        assertThat(lines).containsExactly(Style.RED.on("ab") + "    x", "abcd  y");
    }

    @Test
    void coloursOnlyWhereItIsWanted() {
        Map<String, String> terminal = Map.of("TERM", "xterm");

        assertThat(ColorMode.AUTO.coloured(true, terminal)).isTrue();
        assertThat(ColorMode.AUTO.coloured(false, terminal)).isFalse();
        assertThat(ColorMode.AUTO.coloured(true, Map.of("TERM", "xterm", "NO_COLOR", "1")))
                .isFalse();
        assertThat(ColorMode.AUTO.coloured(true, Map.of("TERM", "xterm", "CI", "true")))
                .isFalse();
        assertThat(ColorMode.AUTO.coloured(true, Map.of("TERM", "dumb"))).isFalse();
        assertThat(ColorMode.ALWAYS.coloured(false, Map.of())).isTrue();
    }

    @Test
    void countsASwapOfNeighboursAsOneMistake() {
        assertThat(Misspelt.distance("snyc", "sync")).isEqualTo(1);
        assertThat(Misspelt.distance("logs", "logs")).isZero();
        assertThat(Misspelt.distance("exe", "exec")).isEqualTo(1);
    }

    @Test
    void putsAFullLogAside(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("session.log");
        try (RotatingLog log = new RotatingLog(file, 10)) {
            for (String line : List.of("first\n", "second\n", "third\n")) {
                log.write(line.getBytes(StandardCharsets.UTF_8));
            }
        }

        assertThat(Files.readString(file)).isEqualTo("third\n");
        assertThat(Files.readString(directory.resolve("session.log.1"))).isEqualTo("second\n");
    }

    @Test
    void tellsTheStepsOfABuildAndNotWhatTheyPrint() {
        java.io.ByteArrayOutputStream said = new java.io.ByteArrayOutputStream();
        java.io.PrintStream stream = new java.io.PrintStream(said, true, StandardCharsets.UTF_8);
        Console console = new Console(
                stream, stream, new java.io.BufferedReader(java.io.Reader.nullReader()), false, false, false);
        Narration narration = new Narration(console, false);

        List.of("#7 [web base 3/5] RUN make", "#7 0.345 cc -o x x.c", "#7 DONE 1.2s", " Container a-web-1  Started")
                .forEach(narration::tell);

        assertThat(said.toString(StandardCharsets.UTF_8))
                .isEqualTo("  [web base 3/5] RUN make\n  Container a-web-1  Started\n");
    }
}
