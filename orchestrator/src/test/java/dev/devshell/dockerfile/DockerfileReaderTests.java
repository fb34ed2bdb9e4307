package dev.devshell.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.devshell.DevshellException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DockerfileReaderTests {
    @Test
    void readsPastASyntaxDirective() {
        assertThat(read("# syntax=docker/dockerfile:1\n# check=skip=all\n# escape=`\nFROM a`\n b"))
                .extracting(Statement::text)
                .containsExactly("FROM a b");
    }

    @Test
    void endsDirectivesAtTheFirstOtherLine() {
        assertThat(read("\n# escape=`\nFROM a\\\nb"))
                .extracting(Statement::text)
                .containsExactly("FROM ab");
    }

    @Test
    void countsLinesFromWhereAnInstructionBegins() {
        List<Statement> statements = read("FROM a\n\nRUN x \\\n # no\n\n && y\nRUN <<A <<B\n1\nA\n2\nB\nCOPY a b");
        assertThat(statements).extracting(Statement::line).containsExactly(1, 3, 7, 12);
        assertThat(statements.get(1).arguments()).isEqualTo("x  && y");
    }

    @Test
    void takesFlagsOffWithTheirQuotes() {
        Statement copy = read("COPY --chown=\"a b\" --link -- --x /y").get(0);
        assertThat(copy.flags()).containsExactly("--chown=a b", "--link");
        assertThat(copy.arguments()).isEqualTo("--x /y");
    }

    @Test
    void takesNoHereDocumentsFromJson() {
        assertThat(read("RUN [\"<<A\"]\nCOPY a b")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FORM scratch | unknown instruction FORM",
                "RUN x | before the first FROM",
                "FROM | FROM takes an image",
                "FROM a b | FROM takes an image",
                "FROM a AS 1x | a stage's name",
                "FROM a;COPY x | at least one source",
                "FROM a;COPY --form=x y z | unknown flag --form",
                "FROM a;COPY --link=maybe y z | true or false",
                "FROM a;COPY --from=a --from=b y z | once only",
                "FROM a;ADD --from=a y z | unknown flag --from",
                "FROM a;COPY --chown y z | needs a value",
                "FROM a;COPY [1, 2] | strings only",
                "FROM a;COPY x <<EOF;EOF | destination",
                "FROM a;COPY <<EOF x | never ends",
                "FROM a;ENV A | a name and a value",
                "FROM a;ENV A=1 B | NAME=value",
                "FROM a;ARG | at least one name",
                "FROM a;WORKDIR | one argument",
                "FROM a;ONBUILD FROM b | not allowed in ONBUILD",
                "FROM a;COPY ${X /y | is missing",
                "FROM ${X} | empty once",
                "# escape=x;FROM a | escape character",
                "# escape=`;# escape=`;FROM a | only one",
                "# nothing | no instruction",
                "ARG A | no FROM",
            })
    void pointsAtWhatIsWrong(String text, String why) {
        assertThatExceptionOfType(DevshellException.Failed.class)
                .isThrownBy(() -> DockerfilePlanner.plan(
                        BuildRequest.of(text.replace(';', '\n'), FakeTree.context("x")), name -> BaseImage.SCRATCH))
                .satisfies(error -> {
                    assertThat(error.code()).isEqualTo("DOCKERFILE-SYNTAX");
                    assertThat(error.why()).contains(why);
                });
    }

    @Test
    void drawsACaretUnderTheWord() {
        assertThatExceptionOfType(DevshellException.Failed.class)
                .isThrownBy(() -> DockerfilePlanner.plan(
                        BuildRequest.of("FROM a\n\nCOPY --form=x y z\n", FakeTree.context("y")),
                        name -> BaseImage.SCRATCH))
                .satisfies(error -> {
                    assertThat(error.what()).isEqualTo("unable to read Dockerfile, line 3");
                    assertThat(error.why().lines())
                            .containsExactly("unknown flag --form", "   3 | COPY --form=x y z", "     |      ^");
                });
    }

    private static List<Statement> read(String text) {
        List<String> lines = DockerfileReader.lines(text);
        return DockerfileReader.read(new Syntax("Dockerfile", lines), lines);
    }
}
