package dev.devshell.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A Maven project that needs nothing but JUnit.
 *
 * <pre>
 * pom.xml
 * src/main/java/tiny/Adder.java
 * src/test/java/tiny/AdderTest.java    two tests, of Adder
 * src/test/java/tiny/OtherTest.java    one test, of nothing
 * </pre>
 */
final class TinyMaven {
    private static final String POM = """
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
                  <version>%s</version>
                  <scope>test</scope>
                </dependency>
              </dependencies>
              <build>
                <pluginManagement>
                  <plugins>
                    <plugin><artifactId>maven-compiler-plugin</artifactId><version>%s</version></plugin>
                    <plugin><artifactId>maven-resources-plugin</artifactId><version>%s</version></plugin>
                  </plugins>
                </pluginManagement>
              </build>
            </project>
            """;

    static final String ADDER = """
            package tiny;
            public class Adder { public int add(int a, int b) { return a + b; } }
            """;

    static final String ADDER_TEST = """
            package tiny;
            import static org.junit.jupiter.api.Assertions.assertEquals;
            import org.junit.jupiter.api.Test;
            class AdderTest {
                @Test void adds() { System.out.println("adding"); assertEquals(3, new Adder().add(1, 2)); }
                @Test void addsMore() { assertEquals(5, new Adder().add(2, 3)); }
            }
            """;

    static final String OTHER_TEST = """
            package tiny;
            import org.junit.jupiter.api.Test;
            class OtherTest {
                @Test void isThere() throws Exception {}
            }
            """;

    final Path directory;

    TinyMaven(Path directory, String junit) {
        this.directory = directory;
        write(
                "pom.xml",
                POM.formatted(
                        junit,
                        System.getProperty("devshell.compiler-plugin", "3.15.0"),
                        System.getProperty("devshell.resources-plugin", "3.5.0")));
        write("src/main/java/tiny/Adder.java", ADDER);
        write("src/test/java/tiny/AdderTest.java", ADDER_TEST);
        write("src/test/java/tiny/OtherTest.java", OTHER_TEST);
    }

    void write(String file, String text) {
        try {
            Path path = directory.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
