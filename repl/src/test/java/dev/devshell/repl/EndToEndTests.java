package dev.devshell.repl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devshell.repl.TinyProject.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project from up to down, by the command line alone. */
@Tag("engine")
class EndToEndTests {
    private final TinyProject project;

    EndToEndTests(@TempDir Path root) {
        project = new TinyProject(root, "cli-e2e");
    }

    @AfterEach
    void remove() {
        project.devshell("down");
        project.run(
                Map.of(), List.of("docker", "compose", "-p", project.name(), "down", "--rmi", "local", "--volumes"));
    }

    private void up() {
        Run run = project.devshell("up", "-d");
        assertThat(run.err()).contains("is up and in sync");
        assertThat(run.code()).isZero();
    }

    @Test
    @DisplayName("a day's work: up, edit, flush, exec, run, status, down; nothing is left")
    void goesRound() {
        up();

        project.write("app/a.txt", "two\n");
        assertThat(project.devshell("sync", "flush").code()).isZero();
        assertThat(project.inContainer("cat app/a.txt").out()).isEqualTo("two\n");

        Run exec = project.devshell(
                "exec", "web", "sh", "-c", "mkdir -p gen/deep; echo made > gen/deep/b.txt; echo > noise.log; exit 7");
        assertThat(exec.code()).isEqualTo(7);
        assertThat(project.read("gen/deep/b.txt")).isEqualTo("made\n");
        assertThat(project.path("noise.log")).doesNotExist();
        assertThat(owner(project.path("gen/deep/b.txt"))).isEqualTo(owner(project.path("Dockerfile")));

        Run oneOff = project.devshell("run", "web", "sh", "-c", "cat app/a.txt; echo once > once.txt; exit 3");
        assertThat(oneOff.code()).isEqualTo(3);
        assertThat(oneOff.out()).isEqualTo("two\n");
        assertThat(project.read("once.txt")).isEqualTo("once\n");

        assertThat(project.devshell("--json", "sync", "status").out())
                .contains("\"schema\":1", "\"service\":\"web\"", "\"state\":\"ready\"");
        assertThat(project.devshell("ps", "--json").out()).contains("\"state\":\"healthy\"");

        assertThat(project.devshell("down").code()).isZero();
        assertThat(project.run(Map.of(), List.of("docker", "compose", "ps", "-aq"))
                        .out())
                .isEmpty();
        assertThat(sockets()).isEmpty();
        assertThat(project.sessions()).isEmpty();
    }

    @Test
    @DisplayName("rule 10: a container that is recreated behind devshell's back changes nothing on the host")
    void survivesForceRecreate() {
        up();
        project.write("app/a.txt", "edited\n");
        project.write("app/new.txt", "new\n");
        assertThat(project.devshell("sync", "flush").code()).isZero();

        project.run(Map.of(), List.of("docker", "compose", "up", "-d", "--force-recreate", "--wait"));

        assertThat(project.devshell("up", "-d", "--no-build").code()).isZero();
        assertThat(project.inContainer("cat app/a.txt app/new.txt").out()).isEqualTo("edited\nnew\n");
        assertThat(project.read("app/a.txt")).isEqualTo("edited\n");
        assertThat(project.read("app/new.txt")).isEqualTo("new\n");
    }

    @Test
    @DisplayName(
            "rule 6: after a kill -9, what both sides did meanwhile has arrived, and a conflict's loser is in the history")
    void bringsOfflineEditsOfBothSidesTogether() {
        up();
        project.sessions().forEach(ProcessHandle::destroyForcibly);

        project.write("app/host.txt", "host\n");
        project.write("app/a.txt", "host's\n");
        project.inContainer("echo container > app/container.txt; echo \"container's\" > app/a.txt");
        assertThat(project.devshell("sync", "status").code()).isEqualTo(1);

        up();

        assertThat(project.read("app/container.txt")).isEqualTo("container\n");
        assertThat(project.inContainer("cat app/host.txt app/a.txt").out()).isEqualTo("host\nhost's\n");
        assertThat(project.read("app/a.txt")).isEqualTo("host's\n");
        assertThat(project.devshell("sync", "history", "app/a.txt").out()).contains("conflict");
    }

    @Test
    void readsCommandsFromStandardInputAndStopsAtTheFirstFailure() throws IOException {
        Path script = Files.writeString(
                project.path("script"), "exec web cat app/a.txt\nexec web false\nexec web echo never\n");
        Run run = project.run(
                Map.of("XDG_RUNTIME_DIR", project.runtime().toString()),
                List.of(
                        "sh",
                        "-c",
                        "exec \"$0\" -cp \"$1\" dev.devshell.repl.Main < \"$2\"",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", "")),
                        script.toString()));

        assertThat(run.out()).isEqualTo("one\n");
        assertThat(run.code()).isEqualTo(1);
        assertThat(sockets()).isEmpty();
    }

    @Test
    void tellsTheBackgroundProcesssLogEverythingWithDebug() throws IOException {
        assertThat(project.devshell("up", "-d", "--debug").code()).isZero();

        try (Stream<Path> all = Files.walk(project.runtime().resolveSibling("state"))) {
            Path log =
                    all.filter(path -> path.endsWith("session.log")).findFirst().orElseThrow();
            assertThat(log).content().contains(" DEBUG ", "attaching");
        }
    }

    @Test
    void saysWhatIsWrongWithASickService() {
        project.write("compose.yaml", project.read("compose.yaml").replace("/srv/app/a.txt", "/absent"));

        Run run = project.devshell("up", "-d", "--wait-timeout", "60");

        assertThat(run.code()).isEqualTo(4);
        assertThat(run.err()).contains("web", "unhealthy", "next:");
        // An edit may be what heals it.
        assertThat(project.devshell("sync", "status").code()).isZero();
    }

    private List<Path> sockets() {
        Path root = project.runtime().resolve("devshell");
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(path -> path.endsWith("sock")).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Object owner(Path file) {
        try {
            return Files.getAttribute(file, "unix:uid");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
