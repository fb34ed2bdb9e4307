package dev.devshell.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.devshell.DevshellException.EngineUnreachable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small texts that Compose prints. */
class ComposeTextTests {
    @ParameterizedTest
    @CsvSource({"2.26.1-4, 2, 26, 1", "v2.29.7, 2, 29, 7", "2.24, 2, 24, 0", "5.0.1-desktop.1, 5, 0, 1"})
    void readsVersions(String text, int major, int minor, int patch) {
        assertThat(ComposeVersion.parse(text + "\n").required())
                .isEqualTo(new ComposeVersion(major, minor, patch, text));
    }

    @Test
    void refusesAVersionThatIsTooOld() {
        assertThatThrownBy(() -> ComposeVersion.parse("2.23.3").required())
                .asInstanceOf(type(EngineUnreachable.class))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo("COMPOSE-TOO-OLD");
                    assertThat(e.why()).contains("2.23.3").contains("2.24");
                    assertThat(e.next()).contains("install");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"ID\":\"a\",\"Service\":\"web\",\"ExitCode\":3},{\"ID\":\"b\",\"Service\":\"db\",\"Health\":\"healthy\"}]",
                "{\"ID\":\"a\",\"Service\":\"web\",\"ExitCode\":3}\n{\"ID\":\"b\",\"Service\":\"db\",\"Health\":\"healthy\"}\n"
            })
    void readsAnArrayAndALineForEach(String output) {
        List<PsEntry> entries = PsReader.read(output);

        assertThat(entries).extracting(PsEntry::service).containsExactly("web", "db");
        assertThat(entries.get(0).exitCode()).isEqualTo(3);
        assertThat(entries.get(1).health()).isEqualTo("healthy");
        assertThat(PsReader.read("")).isEmpty();
        assertThat(PsReader.read("[]")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "web-1  | hello | world~web-1~hello | world",
                "db-12    |   indented~db-12~  indented",
                "web-1  | ~web-1~''",
                "web-1  |~web-1~''",
                "\u001b[2K\u001b[Kweb-1  | \u001b[31mred~web-1~\u001b[31mred",
                "web-1 exited with code 0~''~web-1 exited with code 0"
            })
    void readsLogLines(String line, String container, String text) {
        assertThat(LogLine.parse(line)).isEqualTo(new LogLine(container, text));
    }

    @Test
    void takesOutWhatOnlyATerminalUnderstands() {
        assertThat(Tail.plain("\u001b[32m#5 10%\r#5 100%\u001b[0m  ")).isEqualTo("#5 100%");
        assertThat(Tail.plain("plain\r")).isEqualTo("plain");
    }

    @Test
    void keepsTheLastLines() {
        Tail tail = new Tail(2, line -> {});
        List.of("a", "b", "c").forEach(tail);

        assertThat(tail.text()).isEqualTo("b\nc");
    }

    @ParameterizedTest
    @CsvSource({"wbe, web", "WEB, web", "wrker, worker", "database,", "x,"})
    void suggestsWhatIsNear(String word, String nearest) {
        assertThat(Suggestion.nearest(word, List.of("db", "web", "worker")).orElse(null))
                .isEqualTo(nearest);
    }
}
