package dev.devshell.repl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command in a container that is run again when a change has landed. */
@Tag("engine")
class WatchTests {
    private final TinyProject project;

    WatchTests(@TempDir Path root) {
        project = new TinyProject(root, "cli-watch");
    }

    @AfterEach
    void remove() {
        project.devshell("down");
        project.run(
                Map.of(), List.of("docker", "compose", "-p", project.name(), "down", "--rmi", "local", "--volumes"));
    }

    @Test
    void runsAgainWithEveryEditCancelsForOneAndLeavesNothingRunning() throws Exception {
        assertThat(project.devshell("up", "-d").code()).isZero();
        CompletableFuture<TinyProject.Run> watch = CompletableFuture.supplyAsync(() -> project.devshell(
                "watch", "web", "--", "sh", "-c", "cat app/a.txt; echo > app/made.txt; exec sleep $(cat app/for.txt)"));
        project.write("app/for.txt", "0\n");

        project.write("app/a.txt", "two\n");
        project.write("app/for.txt", "1000\n");
        await().atMost(Duration.ofSeconds(30)).until(() -> sleeps("1000"));
        project.write("app/for.txt", "2000\n");
        await().atMost(Duration.ofSeconds(30)).until(() -> sleeps("2000") && !sleeps("1000"));
        project.write("app/for.txt", "0\n");
        await().atMost(Duration.ofSeconds(30)).until(() -> !sleeps("2000"));

        assertThat(project.devshell("down").code()).isZero();
        TinyProject.Run ended = watch.get();
        assertThat(ended.out()).contains("two\n");
        assertThat(ended.err())
                .contains(
                        "-- app/for.txt changed ",
                        " ms ago and has landed: ",
                        "-- cancelled: app/for.txt changed",
                        "-- ok after")
                .doesNotContain("app/made.txt changed");
        assertThat(ended.code()).isZero();
        assertThat(project.read("app/made.txt")).isEqualTo("\n");
    }

    private boolean sleeps(String seconds) {
        return project.inContainer("for p in /proc/[0-9]*; do tr '\\0' ' ' < $p/cmdline 2>/dev/null; echo; done")
                .out()
                .lines()
                .anyMatch(line -> line.strip().equals("sleep " + seconds));
    }

    @Test
    void saysHowToStartWhatDoesNotRun() {
        TinyProject.Run run = project.devshell("watch", "web", "--", "true");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("next: devshell up -d");
    }
}
