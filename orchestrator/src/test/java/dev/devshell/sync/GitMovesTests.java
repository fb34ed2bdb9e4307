package dev.devshell.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.devshell.Sync.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real git moves the host's work tree while the container goes on writing. */
class GitMovesTests {
    private static final int FILES = 300;

    @TempDir
    Path directory;

    private @Nullable ProjectFixture opened;
    private final FakeAgent agent = new FakeAgent();

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    private ProjectFixture open(String ignored) throws IOException {
        opened = new ProjectFixture(directory, "/app", ignored);
        return opened;
    }

    private static void git(Path at, String... arguments) throws Exception {
        String[] command = new String[arguments.length + 5];
        String[] fixed = {"git", "-c", "user.name=t", "-c", "user.email=t@example.org"};
        System.arraycopy(fixed, 0, command, 0, fixed.length);
        System.arraycopy(arguments, 0, command, fixed.length, arguments.length);
        Process git = new ProcessBuilder(command)
                .directory(at.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(git.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(git.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(git.exitValue()).as(said).isZero();
    }

    /** Two branches of 300 files; on {@code other} they say something else, and those of {@code gone/} are not there. */
    private void repository(Path at) throws Exception {
        git(at, "init", "-q", "-b", "main");
        for (int i = 0; i < FILES; i++) {
            write(at.resolve("d" + i % 7 + "/f" + i), "main " + i);
        }
        for (int i = 0; i < 5; i++) {
            write(at.resolve("gone/f" + i), "main");
        }
        git(at, "add", ".");
        git(at, "commit", "-q", "-m", "main");
        git(at, "checkout", "-q", "-b", "other");
        for (int i = 0; i < FILES; i++) {
            write(at.resolve("d" + i % 7 + "/f" + i), "other " + i);
        }
        git(at, "rm", "-q", "-r", "gone");
        git(at, "add", ".");
        git(at, "commit", "-q", "-m", "other");
        git(at, "checkout", "-q", "main");
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    @ParameterizedTest(name = "ignored: \"{0}\"")
    @DisplayName(
            "git moves: a checkout between branches of 300 files ends equal on both sides while the container writes, .git synced or not")
    @ValueSource(strings = {"", ".git\n"})
    void aCheckoutWins(String ignored) throws Exception {
        ProjectFixture project = open(ignored);
        repository(project.context);
        project.attach(agent, "c1");

        Thread writer = Threads.start("container", () -> {
            for (int i = 0; i < FILES; i += 3) {
                agent.write("/app/d" + i % 7 + "/f" + i, "container " + i);
            }
        });
        git(project.context, "checkout", "-q", "-f", "other");
        writer.join();
        project.flush();
        for (int i = 0; i < FILES; i++) {
            String path = "d" + i % 7 + "/f" + i;
            assertThat(agent.read("/app/" + path)).isEqualTo(Files.readString(project.context.resolve(path)));
        }
        assertThat(agent.exists("/app/gone")).isFalse();
    }

    @Test
    @DisplayName(
            "git moves: while the lock is there nothing travels; what the container changed on git's paths loses, also where git deletes, and is in the history")
    void gathersWhileTheLockIsThere() throws Exception {
        ProjectFixture project = open("");
        repository(project.context);
        project.attach(agent, "c1");
        Path lock = Files.createFile(project.context.resolve(".git/index.lock"));

        project.write("d0/f0", "git's");
        Files.delete(project.context.resolve("gone/f0"));
        agent.write("/app/d0/f0", "container's");
        agent.write("/app/gone/f0", "container's");
        agent.write("/app/d1/f1", "container's alone");
        await().during(Duration.ofMillis(200)).until(() -> "container's".equals(agent.read("/app/d0/f0")));
        assertThat(project.context.resolve("d1/f1")).hasContent("main 1");
        Files.delete(lock);
        project.flush();

        assertThat(agent.read("/app/d0/f0")).isEqualTo("git's");
        assertThat(agent.exists("/app/gone/f0")).isFalse();
        assertThat(project.context.resolve("gone/f0")).doesNotExist();
        assertThat(project.context.resolve("d1/f1")).hasContent("container's alone");
        for (String lost : new String[] {"d0/f0", "gone/f0"}) {
            await().untilAsserted(() -> assertThat(project.sync.history(Optional.of(project.context.resolve(lost)), 10))
                    .extracting(Version::reason)
                    .contains("conflict"));
        }
    }

    @Test
    @DisplayName("git moves: a lock that a killed git left does not hold the sync for ever, and is told")
    void aStaleLockIsTold() throws Exception {
        ProjectFixture project = open("");
        repository(project.context);
        project.attach(agent, "c1");
        Path lock = Files.createFile(project.context.resolve(".git/index.lock"));

        project.write("d0/f0", "edited");
        project.flush();

        assertThat(agent.read("/app/d0/f0")).isEqualTo("edited");
        assertThat(project.sync.status().problems())
                .anySatisfy(problem -> assertThat(problem.path()).isEqualTo(lock));
        Files.delete(lock);
        assertThat(project.sync.status().problems()).isEmpty();
    }

    @Test
    void findsTheRepositoryAboveAndTheOneOfALinkedWorkTree() throws Exception {
        Path repository = Files.createDirectory(directory.resolve("repository")).toRealPath();
        repository(repository);
        git(repository, "worktree", "add", "-q", "../linked", "other");
        Path linked = directory.toRealPath().resolve("linked");

        assertThat(GitDirectory.of(repository.resolve("d0"))).contains(new GitDirectory(repository.resolve(".git")));
        GitDirectory found = GitDirectory.of(linked.resolve("d0")).orElseThrow();
        assertThat(found.path()).isEqualTo(repository.resolve(".git/worktrees/linked"));
        assertThat(found.lock()).isEmpty();
        Path head = Files.createFile(found.path().resolve("HEAD.lock"));
        assertThat(found.lock()).contains(head);
        assertThat(GitDirectory.of(Path.of("/proc"))).isEmpty();
    }
}
