package dev.devshell.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devshell.ignore.IgnoreMatcher;
import dev.devshell.ignore.IgnoreRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnclosingRepositoryTests {
    @TempDir
    Path repository;

    private Path write(String file, String text) throws IOException {
        Path path = repository.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    @Test
    void takesWhatTheRepositoryAboveIgnoresInTheContext() throws IOException {
        write(".git/info/exclude", "mine\n");
        write(".gitignore", "*.log\n/services/web/tmp/\n/dist\n");
        write("services/web/.gitignore", "!keep.log\n");

        IgnoreMatcher quiet = new IgnoreFiles(repository.resolve("services/web"))
                .git(IgnoreRules.NONE)
                .matcher();

        assertThat(quiet.verdict("a.log", false).ignored()).isTrue();
        assertThat(quiet.verdict("keep.log", false).ignored()).isFalse();
        assertThat(quiet.verdict("tmp", true).ignored()).isTrue();
        assertThat(quiet.verdict("mine", false).ignored()).isTrue();
        assertThat(quiet.verdict("dist", true).ignored()).isFalse();
    }

    @Test
    void readsTheDockerfilesOwnIgnoreFileFirst() throws IOException {
        write(".dockerignore", "common\n");
        write("docker/Dockerfile.dockerignore", "own\n");
        Path dockerfile = repository.resolve("docker/Dockerfile");

        IgnoreMatcher own =
                new IgnoreFiles(repository).docker(Optional.of(dockerfile)).matcher();
        IgnoreMatcher common = new IgnoreFiles(repository)
                .docker(Optional.of(repository.resolve("Dockerfile")))
                .matcher();

        assertThat(own.verdict("own", false).ignored()).isTrue();
        assertThat(own.verdict("common", false).ignored()).isFalse();
        assertThat(common.verdict("common", false).ignored()).isTrue();
    }
}
