package dev.devshell.watch.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FactsReaderTests {
    private static BuildModel read(String more) {
        String text = """
                main.sources\t/p/src/main/java
                test.sources\t/p/src/test/java
                test.resources\t/p/src/test/resources
                test.resources\tfiltered:/p/src/test/filtered
                main.classes\t/p/target/classes
                test.classes\t/p/target/test-classes
                main.classpath\t/p/target/classes
                main.classpath\t/m/lib-1.jar
                test.classpath\t/p/target/test-classes
                test.classpath\t/p/target/classes
                test.classpath\t/m/lib-1.jar
                test.classpath\t/m/junit-platform-engine-1.10.5.jar
                junit\t/m/junit-platform-launcher-1.10.5.jar
                junit\t/n/junit-platform-engine-1.10.5.jar
                file\t/p/pom.xml
                """ + more + "project\t/p\n";
        List<Facts> projects = Facts.parse(text.lines().toList());
        assertThat(projects).hasSize(1);
        return FactsReader.read(projects.get(0));
    }

    @Test
    void keepsWhatIsCompiledApartFromWhatStays() {
        BuildModel model = read("");

        assertThat(model.directory()).isEqualTo(Path.of("/p"));
        assertThat(model.testClassPath())
                .containsExactly(
                        Path.of("/m/lib-1.jar"),
                        Path.of("/m/junit-platform-engine-1.10.5.jar"),
                        Path.of("/m/junit-platform-launcher-1.10.5.jar"));
        assertThat(model.main().classPath()).containsExactly(Path.of("/m/lib-1.jar"));
        assertThat(model.test().classPath()).startsWith(Path.of("/p/target/classes"));
        assertThat(model.test().resources()).containsExactly(Path.of("/p/src/test/resources"));
        assertThat(model.files()).containsExactly(Path.of("/p/pom.xml"));
    }

    @Test
    void compilesAsTheBuildToolWould() {
        BuildModel model = read("""
                main.release\t17
                main.source\t1.8
                main.encoding\tUTF-8
                main.parameters\ttrue
                test.source\t17
                test.target\t17
                test.argument\t-Xlint:all
                """);

        assertThat(model.main().options())
                .containsExactly("-g", "--release", "17", "-encoding", "UTF-8", "-parameters");
        assertThat(model.test().options()).containsExactly("-g", "-source", "17", "-target", "17", "-Xlint:all");
        assertThat(model.main().byTool()).isEmpty();
    }

    @Test
    void leavesToTheBuildToolWhatJavacAloneCannot() {
        assertThat(read("main.processorPath\torg.example:processor:1\n").main().byTool())
                .contains("annotation processors");
        assertThat(read("test.compilerId\teclipse\n").test().byTool()).contains("eclipse");
    }

    @Test
    void leavesChecksToTheBuild() {
        SourceSet checked = read("""
                test.processorPath\tcom.google.errorprone:error_prone_core:1
                test.processorPath\tcom.uber.nullaway:nullaway:1
                test.argument\t-Xlint:all
                test.argument\t-Xplugin:ErrorProne -Xep:NullAway:ERROR
                """).test();
        assertThat(checked.byTool()).isEmpty();
        assertThat(checked.options()).containsExactly("-g", "-Xlint:all");

        assertThat(
                        read("test.processorPath\tcom.google.errorprone:error_prone_core:1\ntest.processorPath\torg.mapstruct:mapstruct:1\n")
                                .test()
                                .byTool())
                .contains("annotation processors");
    }

    @Test
    void runsTestsAsSurefireWould() {
        BuildModel.TestJvm jvm = read("""
                surefire.argLine\t@{argLine} -Xmx1g ${jacoco} -Dx=y
                surefire.systemPropertyVariables\tname=a=b
                surefire.environmentVariables\tHOME=/h
                surefire.groups\tfast, small
                surefire.excludedGroups\tslow
                """).jvm();

        assertThat(jvm.arguments()).containsExactly("-Xmx1g", "-Dx=y");
        assertThat(jvm.properties()).isEqualTo(Map.of("name", "a=b"));
        assertThat(jvm.environment()).isEqualTo(Map.of("HOME", "/h"));
        assertThat(jvm.includeTags()).containsExactly("fast", "small");
        assertThat(jvm.excludeTags()).containsExactly("slow");
    }

    @Test
    void readsValuesThatHoldLineBreaks() {
        assertThat(read("surefire.environmentVariables\tA=one\\ntwo\\\\three\n")
                        .jvm()
                        .environment())
                .isEqualTo(Map.of("A", "one\ntwo\\three"));
    }
}
