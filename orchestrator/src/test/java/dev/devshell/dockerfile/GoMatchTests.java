package dev.devshell.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GoMatchTests {
    @ParameterizedTest
    @CsvSource({
        "abc,abc,true",
        "*,abc,true",
        "*c,abc,true",
        "a*,a,true",
        "a*b*c,axbxc,true",
        "a*b*c,axbx,false",
        "a?c,aéc,true",
        "?,\uD83D\uDE00,true",
        "[a-c],b,true",
        "[^a-c],b,false",
        "[^a-c],x,true",
        "[\\]],],true",
        "[\\-x],-,true",
        "a\\*,a*,true",
        "a\\*,ab,false",
        "[]a],],false",
        "[-],-,false",
        "[a,a,false",
        "[,a,false",
        "a\\,a,false",
        "**,abc,true",
    })
    void matchesAsGoDoes(String pattern, String name, boolean expected) {
        assertThat(GoMatch.matches(pattern, name)).isEqualTo(expected);
    }
}
