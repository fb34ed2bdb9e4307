package dev.devshell.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class LineDiffTests {
    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
    }

    private static String shown(String left, String right) {
        StringBuilder shown = new StringBuilder();
        for (LineDiff.Row row : LineDiff.of(lines(left), lines(right))) {
            shown.append(
                    switch (row.kind()) {
                        case SAME -> " " + row.left();
                        case CHANGED -> " " + row.left() + "|" + row.right();
                        case LEFT -> " -" + row.left();
                        case RIGHT -> " +" + row.right();
                    });
        }
        return shown.toString().strip();
    }

    @Test
    void putsWhatIsCommonBesideOneAnother() {
        assertThat(shown("a b c", "a b c")).isEqualTo("a b c");
        assertThat(shown("a b c", "a x c")).isEqualTo("a b|x c");
        assertThat(shown("a c", "a b c")).isEqualTo("a +b c");
        assertThat(shown("a b c", "a c")).isEqualTo("a -b c");
        assertThat(shown("a b c d e", "b x d e f")).isEqualTo("-a b c|x d e +f");
    }

    @Test
    void knowsNothingOnOneSide() {
        assertThat(shown("", "")).isEmpty();
        assertThat(shown("", "a b")).isEqualTo("+a +b");
        assertThat(shown("a b", "")).isEqualTo("-a -b");
    }

    @RepeatedTest(200)
    void losesNoLineOfEither(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        List<String> left = some(random);
        List<String> right = some(random);

        List<LineDiff.Row> rows = LineDiff.of(left, right);

        List<String> leftAgain = new ArrayList<>();
        List<String> rightAgain = new ArrayList<>();
        for (LineDiff.Row row : rows) {
            if (row.leftNumber() > 0) {
                leftAgain.add(row.left());
                assertThat(row.leftNumber()).isEqualTo(leftAgain.size());
            }
            if (row.rightNumber() > 0) {
                rightAgain.add(row.right());
                assertThat(row.rightNumber()).isEqualTo(rightAgain.size());
            }
            assertThat(row.kind() == LineDiff.Kind.SAME)
                    .isEqualTo(row.left().equals(row.right()) && row.leftNumber() > 0 && row.rightNumber() > 0);
        }
        assertThat(leftAgain).isEqualTo(left);
        assertThat(rightAgain).isEqualTo(right);
    }

    private static List<String> some(Random random) {
        return IntStream.range(0, random.nextInt(30))
                .mapToObj(i -> String.valueOf((char) ('a' + random.nextInt(4))))
                .toList();
    }

    @Test
    void endsSoonWhereNearlyEverythingDiffers() {
        List<String> left =
                IntStream.range(0, 20_000).mapToObj(i -> "left " + i).toList();
        List<String> right =
                IntStream.range(0, 20_000).mapToObj(i -> "right " + i).toList();

        assertThat(LineDiff.of(left, right)).hasSize(20_000).allMatch(row -> row.kind() == LineDiff.Kind.CHANGED);
    }
}
