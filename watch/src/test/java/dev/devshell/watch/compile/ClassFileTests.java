package dev.devshell.watch.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassFileTests {
    @TempDir
    private Path root;

    private ClassFile compiled(String name, String text) {
        return compiled(name, text, "17");
    }

    private ClassFile compiled(String name, String text, String release) {
        try (Javac javac = new Javac()) {
            Path source = Files.writeString(root.resolve(name + ".java"), text);
            Javac.Result result = javac.compile(List.of(source), List.of(), List.of("--release", release));
            assertThat(result.problems()).isEmpty();
            byte[] bytes = result.classes().get("p." + name);
            assertThat(bytes).isNotNull();
            return ClassFile.read(bytes == null ? new byte[0] : bytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void namesEverythingThatAClassUses() {
        ClassFile file = compiled("A", """
                package p;
                @Deprecated
                class A extends java.util.ArrayList<java.util.UUID> implements Runnable {
                    java.net.URI field;
                    java.util.Optional<java.time.Instant> optional() throws java.io.IOException { return null; }
                    public void run() { Object o = new java.util.Random().nextInt() > 0 ? java.io.File.separator : new byte[0][]; }
                }
                """);

        assertThat(file.uses())
                .contains(
                        "java.util.ArrayList",
                        "java.util.UUID",
                        "java.lang.Runnable",
                        "java.net.URI",
                        "java.util.Optional",
                        "java.time.Instant",
                        "java.io.IOException",
                        "java.util.Random",
                        "java.lang.Deprecated")
                .doesNotContain("p.A");
        assertThat(file.parents()).containsExactly("java.util.ArrayList", "java.lang.Runnable");
        assertThat(file.sourcePath()).isEqualTo("p/A.java");
        assertThat(file.methods()).contains("optional", "run");
    }

    @Test
    void keepsItsShapeWhenOnlyCodeOrPrivateMembersChange() {
        ClassFile before = compiled("A", "package p; public class A { public int a() { return 1; } }");
        ClassFile after = compiled(
                "A",
                "package p; public class A { private int b; public int a() { return b(); } private int b() { return 2; } }");

        assertThat(after.shape()).isEqualTo(before.shape());
        assertThat(after.content()).isNotEqualTo(before.content());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public class A { public long a() { return 1; } }",
                "public class A { public int a() { return 1; } public int b() { return 1; } }",
                "public class A { int a() { return 1; } }",
                "public class A { public int a() throws java.io.IOException { return 1; } }",
                "public class A extends Thread { public int a() { return 1; } }",
                "public final class A { public int a() { return 1; } }",
                "public class A<T> { public int a() { return 1; } }"
            })
    void changesItsShapeWithWhatOthersSee(String text) {
        ClassFile before = compiled("A", "package p; public class A { public int a() { return 1; } }");

        assertThat(compiled("A", "package p; " + text).shape()).isNotEqualTo(before.shape());
    }

    @Test
    void tellsTheValuesThatTheCompilerCopies() {
        ClassFile before =
                compiled("A", "package p; class A { static final int A = 1; static final String B = \"x\"; }");
        ClassFile after =
                compiled("A", "package p; class A { static final int A = 2; static final String B = \"x\"; }");

        assertThat(after.shape()).isEqualTo(before.shape());
        assertThat(after.constants()).isNotEqualTo(before.constants());
    }

    @Test
    void readsTheTextsOfAnnotationsOfTheClassItsFieldsAndParameters() {
        ClassFile file = compiled("A", """
                package p;
                import java.lang.annotation.*;
                @A.Uses(services = {"web", "db"}, more = @A.For("x"), number = 3, type = String.class)
                class A {
                    @Retention(RetentionPolicy.RUNTIME) @interface Uses {
                        String[] services(); For more(); int number(); Class<?> type();
                    }
                    @Retention(RetentionPolicy.RUNTIME) @interface For { String value(); }
                    @For("field") int field;
                    void method(int first, @For("parameter") int second) {}
                }
                """);

        assertThat(file.annotations())
                .containsAllEntriesOf(Map.of(
                        "p.A$Uses#services",
                        List.of("web", "db"),
                        "p.A$For#value",
                        List.of("field", "parameter", "x")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"8", "11", "17"})
    void readsEveryRelease(String release) {
        ClassFile file = compiled(
                "A",
                "package p; class A { Runnable r = () -> System.out.println(\"x\" + this); long l = 5L; double d = 2; }",
                release);

        assertThat(file.name()).isEqualTo("p.A");
        assertThat(file.uses()).contains("java.lang.Runnable");
    }

    @Test
    void readsEveryClassOfThisJavaAsItIsNow() throws IOException {
        Path base = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules", "java.base", "java", "util");
        try (Stream<Path> modules = Files.walk(base)) {
            assertThat(modules.filter(path -> path.toString().endsWith(".class"))
                            .toList())
                    .hasSizeGreaterThan(300)
                    .allSatisfy(path -> assertThat(
                                    ClassFile.read(Files.readAllBytes(path)).name())
                            .startsWith("java.util."));
        }
    }

    @Test
    void refusesWhatIsNoClassFile() {
        assertThatThrownBy(() -> ClassFile.read(new byte[] {1, 2, 3})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ClassFile.read(new byte[100])).isInstanceOf(IllegalArgumentException.class);
    }
}
