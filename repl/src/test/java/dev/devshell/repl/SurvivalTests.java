package dev.devshell.repl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.devshell.repl.TinyProject.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens to containers and to devshell itself while both sides are written to. */
@Tag("engine")
class SurvivalTests {
    private static final int FILES = 150;

    private final TinyProject project;

    SurvivalTests(@TempDir Path root) {
        project = new TinyProject(root, "cli-survival");
    }

    @AfterEach
    void remove() {
        project.devshell("down");
        docker("compose", "-p", project.name(), "down", "--rmi", "local", "--volumes");
    }

    /** Each with whether it ends what runs in the container. */
    private enum Blow {
        DEVSHELL_KILLED(false) {
            @Override
            void strike(SurvivalTests test) {
                assertThat(test.project.sessions()).isNotEmpty().allMatch(ProcessHandle::destroyForcibly);
            }
        },
        KILLED(true) {
            @Override
            void strike(SurvivalTests test) {
                test.docker("compose", "kill", "web");
                test.docker("compose", "start", "web");
            }
        },
        STOPPED(true) {
            @Override
            void strike(SurvivalTests test) {
                test.docker("compose", "stop", "-t", "0", "web");
                test.docker("compose", "start", "web");
            }
        },
        RESTARTED(true) {
            @Override
            void strike(SurvivalTests test) {
                test.docker("compose", "restart", "-t", "0", "web");
            }
        },
        PAUSED(false) {
            @Override
            void strike(SurvivalTests test) {
                test.docker("compose", "pause", "web");
                // longer than devshell and the agent wait for one another
                await().pollDelay(Duration.ofSeconds(12))
                        .atMost(Duration.ofSeconds(20))
                        .until(() -> true);
                test.docker("compose", "unpause", "web");
            }
        },
        REMOVED(true) {
            @Override
            void strike(SurvivalTests test) {
                test.docker("compose", "rm", "-sf", "web");
            }
        };

        private final boolean endsContainer;

        Blow(boolean endsContainer) {
            this.endsContainer = endsContainer;
        }

        abstract void strike(SurvivalTests test) throws Exception;
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "rules 1, 2, 6 and 10: what happens to a container or to devshell in the middle of a batch loses nothing")
    void survives(Blow blow) throws Exception {
        assertThat(project.devshell("up", "-d").code()).isZero();
        CompletableFuture<Run> there =
                CompletableFuture.supplyAsync(() -> project.inContainer("mkdir -p there; for i in $(seq 0 "
                        + (FILES - 1) + "); do echo there $i > there/$i; sleep 0.01; done"));
        write(0, FILES / 2);
        await().until(() -> Files.exists(project.path("there/20")));
        CompletableFuture<Void> here = CompletableFuture.runAsync(() -> write(FILES / 2, FILES));

        blow.strike(this);

        here.get(60, TimeUnit.SECONDS);
        there.get(60, TimeUnit.SECONDS);
        assertThat(project.devshell("up", "-d", "--no-build").code()).isZero();
        Run flush = project.devshell("sync", "flush", "--timeout", "60");
        assertThat(flush.code()).as(flush.err()).isZero();
        Map<String, String> host = tree();
        assertThat(inContainer()).isEqualTo(host);
        for (int i = 0; i < FILES; i++) {
            assertThat(host).containsEntry("here/" + i, "here " + i);
        }
        long made =
                host.keySet().stream().filter(path -> path.startsWith("there/")).count();
        assertThat(made).isBetween(blow.endsContainer ? 20L : FILES, (long) FILES);
    }

    private void write(int from, int to) {
        try {
            Files.createDirectories(project.path("here"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (int i = from; i < to; i++) {
            project.write("here/" + i, "here " + i + "\n");
        }
    }

    private void docker(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        Run run = project.run(Map.of(), command);
        assertThat(run.code()).as("%s: %s", command, run.err()).isZero();
    }

    private Map<String, String> tree() throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(project.path(""))) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                tree.put(
                        project.path("").relativize(file).toString(),
                        Files.readString(file).strip());
            }
        }
        tree.keySet().removeIf(path -> !path.contains("/"));
        return tree;
    }

    private Map<String, String> inContainer() {
        Map<String, String> tree = new TreeMap<>();
        project.inContainer("find here there app -type f | while read f; do echo \"$f:$(cat \"$f\")\"; done")
                .out()
                .lines()
                .forEach(line -> {
                    String[] parts = line.split(":", 2);
                    tree.put(parts[0], parts[1]);
                });
        return tree;
    }
}
