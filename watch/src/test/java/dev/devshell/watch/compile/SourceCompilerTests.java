package dev.devshell.watch.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceCompilerTests {
    private final Javac javac = new Javac();
    private final Sources sources;
    private final SourceCompiler compiler;

    SourceCompilerTests(@TempDir Path root) {
        sources = new Sources(root);
        sources.write(
                "p/Low.java",
                "package p; public class Low { public static final int SIZE = 1; public int get() { return 1; } }");
        sources.write("p/Mid.java", "package p; public class Mid { public int get() { return new Low().get(); } }");
        sources.write(
                "p/Top.java",
                "package p; public class Top { public int get() { return new Mid().get() + Low.SIZE; } }");
        compiler = new SourceCompiler(sources.set, javac);
        compiler.findChanged();
        assertThat(compiler.compile().problems()).isEmpty();
    }

    @AfterEach
    void close() throws Exception {
        javac.close();
    }

    private SourceCompiler.Outcome save(String file, String text) {
        compiler.changed(sources.write(file, text));
        return compiler.compile();
    }

    @Test
    void compilesNothingThatIsUpToDate() {
        SourceCompiler other = new SourceCompiler(sources.set, javac);
        other.findChanged();

        assertThat(other.compile().changed()).isEmpty();
        assertThat(other.tree().all()).hasSize(3);
    }

    @Test
    void compilesOneFileWhereOnlyItsCodeChanged() {
        SourceCompiler.Outcome outcome = save(
                "p/Low.java",
                "package p; public class Low { public static final int SIZE = 1; public int get() { return 2; } }");

        assertThat(outcome.changed()).containsExactly("p.Low");
        assertThat(outcome.reshaped()).isEmpty();
    }

    @Test
    void compilesWhatDependsOnAShapeThatHasChanged() {
        SourceCompiler.Outcome outcome = save(
                "p/Low.java",
                "package p; public class Low { public static final int SIZE = 1; public long get() { return 2; } }");

        assertThat(outcome.problems()).extracting(Problem::file).allMatch(file -> file.endsWith("Mid.java"));
        assertThat(outcome.problems()).isNotEmpty();
    }

    @Test
    void writesNothingBeforeAllOfItCompiles() {
        save(
                "p/Low.java",
                "package p; public class Low { public static final int SIZE = 1; public long get() { return 2; } }");
        assertThat(compiler.tree().refresh()).isEmpty();

        SourceCompiler.Outcome mended = save(
                "p/Mid.java", "package p; public class Mid { public int get() { return (int) new Low().get(); } }");

        assertThat(mended.problems()).isEmpty();
        assertThat(mended.changed()).contains("p.Low", "p.Mid").doesNotContain("p.Top");
    }

    @Test
    void compilesEverythingWhereAConstantChangedThatLeavesNoTrace() {
        SourceCompiler.Outcome outcome = save(
                "p/Low.java",
                "package p; public class Low { public static final int SIZE = 5; public int get() { return 1; } }");

        assertThat(outcome.changed()).contains("p.Low", "p.Top");
        assertThat(outcome.constants()).isTrue();
    }

    @Test
    void deletesTheClassesOfASourceThatIsGone() {
        save("p/Extra.java", "package p; class Extra { static class Inner {} } class Beside {}");
        assertThat(compiler.tree().get("p.Extra$Inner")).isPresent();

        compiler.changed(sources.delete("p/Extra.java"));
        SourceCompiler.Outcome outcome = compiler.compile();

        assertThat(outcome.changed()).containsExactlyInAnyOrder("p.Extra", "p.Extra$Inner", "p.Beside");
        assertThat(compiler.tree().all()).hasSize(3);
    }

    @Test
    void tellsWhoNeedsAClassThatIsGone() {
        compiler.changed(sources.delete("p/Low.java"));

        assertThat(compiler.compile().problems())
                .anyMatch(problem -> problem.file().endsWith("Mid.java"));
    }

    @Test
    void saysWhereItDoesNotCompile() {
        SourceCompiler.Outcome outcome = save("p/Top.java", "package p;\npublic class Top {\n  int x = y;\n}");

        assertThat(outcome.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(3);
            assertThat(problem.column()).isEqualTo(11);
            assertThat(problem.message()).contains("cannot find symbol");
        });
    }
}
