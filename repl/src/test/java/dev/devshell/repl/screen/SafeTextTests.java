package dev.devshell.repl.screen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTextTests {
    @Test
    void whatIsPlainStaysAsItIs() {
        assertThat(SafeText.of("GET /posts \t200 größe 🐘")).isEqualTo("GET /posts \t200 größe 🐘");
    }

    @Test
    void coloursStayAndEndWithTheLine() {
        assertThat(SafeText.of("\u001b[1;31merror\u001b[0m")).isEqualTo("\u001b[1;31merror\u001b[0m");
        assertThat(SafeText.of("\u001b[38:5:9merror")).isEqualTo("\u001b[38:5:9merror\u001b[0m");
        assertThat(SafeText.plain("\u001b[1;31merror\u001b[0m here")).isEqualTo("error here");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[2Ja\u001b[Hb",
                "\u001b[?1049ha\u001b[?25lb",
                "\u001b]0;title\u0007ab",
                "\u001b]52;c;cm0gLXJmIC8=\u001b\\ab",
                "\u001bP1$q\u001b\\ab",
                "\u001bca\u001b7b",
                "\u001b(0ab",
                "a\u0008\u0007b\u000b\u007f",
                "\u009b2Ja\u009d0;x\u0007b",
                "a\u001b[6nb",
                "ab\u001b[",
                "ab\u001b",
                "ab\u001b]8;;https://example.com",
                "\u001b[>4;2mab",
                "\u001b[1;2 qab"
            })
    void nothingElseReachesTheTerminal(String line) {
        assertThat(SafeText.of(line)).isEqualTo("ab");
    }

    @Test
    void ofALineThatOverwritesItselfTheLastStateStays() {
        assertThat(SafeText.of("10 %\r50 %\r100 %\r")).isEqualTo("100 %");
    }
}
