package dev.devshell.ignore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GlobTests {
    private static final String[] PIECES = {
        "a", "b", "/", "/", "*", "?", "**/", "**", "[ab]", "[^a]", "\\*", "é", "\uD83D\uDE00"
    };
    private static final String[] UNITS = {"a", "b", "/", "*", "é", "\uD83D\uDE00"};

    @Test
    void agreesWithTheRegularExpressionThatDefinesIt() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 200_000; i++) {
            String glob = random(random, PIECES, 1, 8);
            String path = random(random, UNITS, 0, 9);
            assertThat(Glob.compile(glob).matches(path, path.length()))
                    .as("seed %d, glob %s, path %s", seed, glob, path)
                    .isEqualTo(definition(glob).matcher(path).matches());
        }
    }

    @Test
    void findsEveryDirectoryAboveAMatch() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 200_000; i++) {
            Glob glob = Glob.compile(random(random, PIECES, 1, 8));
            String path = random(random, UNITS, 3, 9);
            int slash = path.indexOf('/');
            boolean clean = slash > 0 && !path.contains("//") && !path.endsWith("/");
            if (clean && glob.matches(path, path.length()) && !glob.matches(path, slash)) {
                assertThat(glob.canMatchBelow(path, slash))
                        .as("seed %d, path %s", seed, path)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[", "[a", "[]", "a\\", "[a-", "[\\", "[^]"})
    void refusesWhatIsMalformed(String glob) {
        assertThatIllegalArgumentException().isThrownBy(() -> new IgnoreRule(glob, false, false));
    }

    private static Pattern definition(String glob) {
        String regex = glob.replace("\\*", "\u0003")
                .replace("**/", "\u0001")
                .replace("**", "\u0002")
                .replace("*", "[^/]*")
                .replace("?", "[^/]")
                .replace("[^a]", "[^a/]")
                .replace("\u0001", "(.*/)?")
                .replace("\u0002", ".*")
                .replace("\u0003", "\\*");
        return Pattern.compile(regex, Pattern.DOTALL);
    }

    private static String random(Random random, String[] pieces, int least, int most) {
        StringBuilder text = new StringBuilder();
        int count = least + random.nextInt(most - least + 1);
        String last = "";
        for (int i = 0; i < count; i++) {
            String piece = pieces[random.nextInt(pieces.length)];
            boolean ambiguous =
                    last.endsWith("*") && !last.equals("\\*") && (piece.startsWith("*") || piece.equals("/"));
            if (!ambiguous) {
                text.append(piece);
                last = piece;
            }
        }
        return text.isEmpty() && least > 0 ? "a" : text.toString();
    }
}
