package dev.devshell.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTextTests {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            plain                           | plain
            ~[31mred~[0m                    | red
            ~]0;title^rest                  | rest
            ~Pdevice~\\rest                 | rest
            ~]never ended                   | ''
            ~(Bcharset                      | charset
            ~[                              | ''
            """)
    void takesOutWhatDrivesATerminal(String given, String shown) {
        assertThat(PlainText.of(given.replace('~', '\u001b').replace('^', '\u0007')))
                .isEqualTo(shown);
    }

    @Test
    void keepsLinesAndTabs() {
        assertThat(PlainText.of("a\tb\r\nc\u0000\u007f")).isEqualTo("a\tb\nc");
    }

    @Test
    void showsASignForWhatCannotBeSeen() {
        assertThat(PlainText.visible("a\r\u001b\u007f\u0085\u202eb\t")).isEqualTo("a␍␛␡\ufffd\ufffdb\t");
    }
}
