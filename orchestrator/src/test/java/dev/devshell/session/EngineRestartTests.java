package dev.devshell.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.devshell.engine.Docker;
import dev.devshell.engine.Engine;
import dev.devshell.engine.RemoteEngine;
import dev.devshell.ignore.IgnoreRules;
import dev.devshell.sync.AgentBinary;
import dev.devshell.sync.ProjectSync;
import dev.devshell.sync.plan.HostPath;
import dev.devshell.sync.plan.Policy;
import dev.devshell.sync.plan.Root;
import dev.devshell.sync.plan.SyncPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An engine that is killed in the middle of a batch and comes back, with its containers or without. */
@Tag("engine")
@Timeout(300)
class EngineRestartTests {
    private static final int FILES = 300;
    private static final Duration LATER = Duration.ofSeconds(90);

    private final RemoteEngine remote = RemoteEngine.get();

    @TempDir
    Path directory;

    private Docker docker;
    private Engine engine;
    private ProjectSync sync;
    private Path host;
    private String container = "";

    @BeforeEach
    void open() throws Exception {
        host = Files.createDirectory(directory.resolve("host")).toRealPath();
        Map<String, String> env = remote.tls(remote.host, RemoteEngine.TLS_PORT);
        docker = new Docker(env);
        engine = Engine.connect(env);
        container = docker.run("web", 1);
        sync = ProjectSync.open(directory.resolve("state"));
        Root root = new Root(
                "/app",
                true,
                new HostPath(host, ""),
                Root.Flow.BOTH,
                List.of(IgnoreRules.EDITORS),
                List.of(),
                "",
                -1,
                "Dockerfile:1 COPY . /app");
        SyncPlan plan = new SyncPlan(List.of(root), List.of(), Policy.HOST, List.of(IgnoreRules.PROTECTED));
        EngineAgent agent = new EngineAgent(
                engine, container, "web-1", AgentBinary.of(engine.info().architecture()));
        sync.attach("web", 1, container, plan, agent).get(60, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() {
        sync.close();
        engine.close();
        docker.close();
    }

    @ParameterizedTest(name = "with live-restore {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("rules 1, 2 and 6: an engine that is killed and comes back costs time and nothing else")
    void survivesTheEnginesDeath(boolean live) throws Exception {
        write("kept", "kept");
        write("deleted", "deleted");
        sync.flush(LATER);
        docker.cli(
                new byte[0],
                "exec",
                "-d",
                container,
                "sh",
                "-c",
                "mkdir -p /app/there; for i in $(seq " + FILES
                        + "); do echo there $i > /app/there/$i; sleep 0.005; done");
        for (int i = 0; i < FILES; i++) {
            write("here/" + i % 7 + "/" + i, "here " + i);
        }
        await().until(() -> Files.exists(host.resolve("there/20")));

        remote.kill();
        try {
            for (int i = 0; i < FILES / 2; i++) {
                write("here/" + i % 7 + "/" + i, "again " + i);
            }
            Files.delete(host.resolve("deleted"));
        } finally {
            remote.start(live);
        }
        docker.cli(new byte[0], "start", container);
        await().atMost(LATER).ignoreExceptions().untilAsserted(() -> {
            sync.flush(LATER);
            assertThat(inContainer()).isEqualTo(onHost());
        });

        Map<String, String> tree = onHost();
        assertThat(tree).containsEntry("kept", "kept").doesNotContainKey("deleted");
        for (int i = 0; i < FILES; i++) {
            String expected = (i < FILES / 2 ? "again " : "here ") + i;
            assertThat(tree).containsEntry("here/" + i % 7 + "/" + i, expected);
        }
        long made =
                tree.keySet().stream().filter(path -> path.startsWith("there/")).count();
        assertThat(made).isBetween(live ? FILES : 20L, (long) FILES);
    }

    private void write(String path, String content) throws IOException {
        Path file = host.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content + "\n");
    }

    private Map<String, String> onHost() throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(host)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                tree.put(
                        host.relativize(file).toString(), Files.readString(file).strip());
            }
        }
        return tree;
    }

    private Map<String, String> inContainer() {
        Map<String, String> tree = new TreeMap<>();
        docker.cli(new byte[0], "exec", container, "sh", "-c", "cd /app && grep -r . .")
                .lines()
                .forEach(entry -> {
                    String[] parts = entry.split(":", 2);
                    tree.put(parts[0].substring(2), parts[1]);
                });
        return tree;
    }
}
