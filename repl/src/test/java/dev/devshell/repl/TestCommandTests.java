package dev.devshell.repl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JUnit tests beside a project whose containers they look into. */
@Tag("engine")
class TestCommandTests {
    static final String POM = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>tiny</groupId>
              <artifactId>tiny</artifactId>
              <version>1</version>
              <properties>
                <maven.compiler.release>17</maven.compiler.release>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
              </properties>
              <dependencies>
                <dependency>
                  <groupId>org.junit.jupiter</groupId>
                  <artifactId>junit-jupiter</artifactId>
                  <version>6.1.3</version>
                  <scope>test</scope>
                </dependency>
              </dependencies>
              <build>
                <pluginManagement>
                  <plugins>
                    <plugin><artifactId>maven-compiler-plugin</artifactId><version>3.15.0</version></plugin>
                    <plugin><artifactId>maven-resources-plugin</artifactId><version>3.5.0</version></plugin>
                  </plugins>
                </pluginManagement>
              </build>
            </project>
            """;

    private static final String TEST = """
            package tiny;
            import static org.junit.jupiter.api.Assertions.assertEquals;
            import org.junit.jupiter.api.Test;
            class ContainerTest {
                @Test void showsWhatWasSaved() throws Exception {
                    Process cat = new ProcessBuilder("docker", "compose", "exec", "-T", "web", "cat", "/srv/app/a.txt").start();
                    assertEquals("EXPECTED", new String(cat.getInputStream().readAllBytes()).strip());
                }
            }
            """;

    private final TinyProject project;
    private final Path reports;
    private final Path report;

    TestCommandTests(@TempDir Path root) throws IOException {
        project = new TinyProject(root, "cli-test");
        reports = root.resolve("xml");
        report = reports.resolve("TEST-tiny.ContainerTest.xml");
        Files.createDirectories(project.path("src/test/java/tiny"));
        project.write("pom.xml", POM);
        expect("one");
    }

    private void expect(String text) {
        project.write("src/test/java/tiny/ContainerTest.java", TEST.replace("EXPECTED", text));
    }

    private String report() {
        try {
            return Files.exists(report) ? Files.readString(report) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReport(String text) {
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(report()).contains(text));
    }

    @AfterEach
    void remove() {
        project.devshell("down");
        project.run(
                Map.of(), List.of("docker", "compose", "-p", project.name(), "down", "--rmi", "local", "--volumes"));
    }

    @Test
    void runsOnceInALiveSessionAndEndsWithTheVerdict() {
        assertThat(project.devshell("up", "-d").code()).isZero();

        TinyProject.Run well = project.devshell("test");
        assertThat(well.out()).contains("1 class (all)", "ok      1 passed", "verdict");
        assertThat(well.code()).isZero();

        expect("two");
        TinyProject.Run ill = project.devshell("--json", "test", "--", "Container*");
        assertThat(ill.code()).isEqualTo(1);
        assertThat(ill.out().lines()).allMatch(line -> line.startsWith("{\"schema\":1,\"event\":"));
        assertThat(ill.out()).contains("expected: <two> but was: <one>", "\"event\":\"done\",\"ok\":false");
        assertThat(project.devshell("sync", "status").code()).isZero();
    }

    @Test
    void runsAgainWhenAFileOfTheContainerOrATestIsSaved() throws Exception {
        assertThat(project.devshell("up", "-d").code()).isZero();
        CompletableFuture<TinyProject.Run> watch =
                CompletableFuture.supplyAsync(() -> project.devshell("test", "--watch", "--xml", reports.toString()));
        awaitReport("failures=\"0\"");

        project.write("app/a.txt", "two\n");
        awaitReport("expected: &lt;one&gt; but was: &lt;two&gt;");
        expect("two");
        awaitReport("failures=\"0\"");

        assertThat(project.devshell("down").code()).isZero();
        TinyProject.Run ended = watch.get();
        assertThat(ended.out())
                .contains("-- app/a.txt: 1 class (1 that may use web)", "synced ", "settled ", "FAILED ContainerTest")
                .contains("-- src/test/java/tiny/ContainerTest.java: 1 class (1 failed last time)")
                .contains("the session ended");
        assertThat(ended.code()).isZero();
    }

    @Test
    void saysWhatIsWrongWhereThereAreNoTests() throws IOException {
        Files.delete(project.path("pom.xml"));

        TinyProject.Run run = project.devshell("test");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("there are no tests to be run here", "pom.xml", "next:");
    }
}
