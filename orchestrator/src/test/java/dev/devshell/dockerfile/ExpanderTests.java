package dev.devshell.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExpanderTests {
    private static final Map<String, String> VARIABLES =
            Map.of("X", "set", "EMPTY", "", "FILE", "foo.tar.gz", "PATHS", "a/b/c", "V", "1.2.3");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "plain | plain",
                "$X | set",
                "${X}y | sety",
                "$X.y$UNSET | set.y",
                "a$ | a$",
                "${UNSET:-w} | w",
                "${EMPTY:-w} | w",
                "x${EMPTY-w} | x",
                "${UNSET-w} | w",
                "${X:+w} | w",
                "x${EMPTY:+w} | x",
                "${EMPTY+w} | w",
                "x${UNSET+w} | x",
                "${X:?w} | set",
                "${UNSET:-${EMPTY:-$X}} | set",
                "${UNSET:-\"a $X\"} | a set",
                "${FILE#*.} | tar.gz",
                "${FILE##*.} | gz",
                "${FILE%.*} | foo.tar",
                "${FILE%%.*} | foo",
                "${FILE:#foo.} | tar.gz",
                "${PATHS##*/} | c",
                "${PATHS#?/} | b/c",
                "${V/./_} | 1_2.3",
                "${V//./_} | 1_2_3",
                "${PATHS/\\//-} | a-b/c",
                "${V//*/x} | x",
                "'$X' | $X",
                "\"$X y\" | set y",
                "\\$X | $X",
                "\"a\\\"b\\c\" | a\"b\\c",
                "a\\ b | a b",
                "'a'\"b\"c | abc",
            })
    void fillsIn(String word, String expected) {
        assertThat(expand(word)).isEqualTo(expected);
    }

    @Test
    void takesTheOtherEscapeCharacter() {
        assertThat(Expander.expand("C:\\x`$X", '`', VARIABLES::get)).isEqualTo("C:\\x$X");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${X",
                "${",
                "${}",
                "${:x}",
                "${X!y}",
                "'x",
                "\"x",
                "${X:-a",
                "${X/a}",
                "${UNSET?}",
                "${EMPTY:?}",
                "${X#\\a}"
            })
    void refusesWhatIsMalformed(String word) {
        assertThatIllegalArgumentException().isThrownBy(() -> expand(word));
    }

    @Test
    void saysWhatTheAuthorOfTheQuestionMarkWrote() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> expand("${UNSET:?give it}"))
                .withMessage("UNSET: give it");
    }

    private static String expand(String word) {
        return Expander.expand(word, '\\', VARIABLES::get);
    }
}
