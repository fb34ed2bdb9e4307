package dev.devshell.repl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
    void splitsALogLineIntoTimeAndText() {
        LogLine line = LogLine.of(new dev.devshell.compose.LogLine("web-2", "2026-01-01T10:00:00.5Z  GET / | 200"));

        assertThat(line).isEqualTo(new LogLine("web-2", "2026-01-01T10:00:00.5Z", " GET / | 200"));
        assertThat(line.service()).isEqualTo("web");
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
