package dev.devshell.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComposeFilesTests {
    @TempDir
    Path root;

    private Path deep = Path.of("");

    @BeforeEach
    void lay() throws IOException {
        deep = Files.createDirectories(root.resolve("app/models"));
    }

    @Test
    void areFoundFromBelow() throws IOException {
        Path file = Files.createFile(root.resolve("compose.yml"));
        Path override = Files.createFile(root.resolve("compose.override.yaml"));

        assertThat(find(options())).isEqualTo(new ComposeFiles(root, List.of(file, override)));
    }

    @Test
    void areThoseThatAreNamed() {
        assertThat(find(options().withFiles(List.of(Path.of("../dev.yaml"), Path.of("../more.yaml")))))
                .isEqualTo(new ComposeFiles(
                        root.resolve("app"), List.of(root.resolve("app/dev.yaml"), root.resolve("app/more.yaml"))));
    }

    @Test
    void areThoseOfTheEnvironment() {
        assertThat(find(options().withEnvironment(Map.of("COMPOSE_FILE", "a.yaml:/b/c.yaml"))))
                .isEqualTo(new ComposeFiles(deep, List.of(deep.resolve("a.yaml"), Path.of("/b/c.yaml"))));
    }

    @Test
    void standInTheProjectDirectoryThatIsSaid() throws IOException {
        Files.createFile(root.resolve("compose.yaml"));

        assertThat(find(options().withProjectDirectory(Path.of("../.."))).directory())
                .isEqualTo(root);
        assertThat(find(options().withFiles(List.of(Path.of("x.yaml"))).withProjectDirectory(root))
                        .directory())
                .isEqualTo(root);
    }

    @Test
    void pointAtTheBrokenPlace() throws IOException {
        Path good = Files.writeString(root.resolve("good.yaml"), "a: b\n");
        Path bad = Files.writeString(root.resolve("bad.yaml"), "services:\n  web:\n    image: x\n   command: [y\n");
        Path twice = Files.writeString(root.resolve("twice.yaml"), "a: {}\nb: {}\na: {}\n");

        assertThat(SyntaxLocator.locate(List.of(good, bad)).orElseThrow())
                .startsWith(bad + ":4:")
                .contains("\n       command: [y\n")
                .endsWith("^");
        assertThat(SyntaxLocator.locate(List.of(good, twice)).orElseThrow()).startsWith(twice + ":3:");
        assertThat(SyntaxLocator.locate(List.of(good))).isEmpty();
    }

    private ComposeOptions options() {
        return ComposeOptions.of(deep).withEnvironment(Map.of());
    }

    private static ComposeFiles find(ComposeOptions options) {
        return ComposeFiles.find(options);
    }
}
