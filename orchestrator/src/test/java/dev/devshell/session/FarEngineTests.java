package dev.devshell.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.devshell.SyncStatus;
import dev.devshell.engine.Docker;
import dev.devshell.engine.Engine;
import dev.devshell.engine.ExecSpec;
import dev.devshell.engine.ExecStream;
import dev.devshell.engine.Line;
import dev.devshell.engine.RemoteEngine;
import dev.devshell.ignore.IgnoreRules;
import dev.devshell.sync.AgentBinary;
import dev.devshell.sync.ProjectSync;
import dev.devshell.sync.plan.HostPath;
import dev.devshell.sync.plan.Policy;
import dev.devshell.sync.plan.Root;
import dev.devshell.sync.plan.SyncPlan;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sync with a real container of an engine behind a line of 50 ms there and back that loses one packet in a hundred, and that is cut in
 * the middle of a batch: for 3 s, or {@code -Ddevshell.cut=60}.
 */
@Tag("engine")
@Timeout(300)
class FarEngineTests {
    private static final Logger LOG = LoggerFactory.getLogger(FarEngineTests.class);
    private static final Duration CUT = Duration.ofSeconds(Long.getLong("devshell.cut", 3));
    private static final Duration LATER = Duration.ofSeconds(90);

    private final RemoteEngine remote = RemoteEngine.get();

    @TempDir
    Path directory;

    private Docker docker;
    private Engine near;
    private final List<AutoCloseable> opened = new ArrayList<>();
    private ProjectSync sync;
    private Path host;
    private String container = "";

    private enum Way {
        TLS,
        SSH
    }

    /** How a line is cut: everybody is told, or nobody is. */
    private enum Cut {
        TOLD,
        UNTOLD
    }

    @BeforeEach
    void open() throws IOException {
        host = Files.createDirectory(directory.resolve("host")).toRealPath();
        Map<String, String> direct = remote.tls(remote.host, RemoteEngine.TLS_PORT);
        docker = new Docker(direct);
        near = Engine.connect(direct);
        container = docker.run("web", 1);
        sync = ProjectSync.open(directory.resolve("state"));
    }

    private Line attach(Way way) throws Exception {
        int port = way == Way.TLS ? RemoteEngine.TLS_PORT : RemoteEngine.SSH_PORT;
        Line line = Line.to(new InetSocketAddress(remote.host, port)).with(Duration.ofMillis(25), 0.01);
        opened.add(line);
        Engine far = Engine.connect(
                way == Way.TLS ? remote.tls("127.0.0.1", line.port()) : remote.ssh("root@127.0.0.1:" + line.port()));
        opened.add(far);
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
        AgentBinary binary = AgentBinary.of(far.info().architecture());
        EngineAgent agent = new EngineAgent(far, container, "web-1", binary);
        sync.attach("web", 1, container, plan, agent).get(60, TimeUnit.SECONDS);
        return line;
    }

    @AfterEach
    void close() throws Exception {
        sync.close();
        near.close();
        docker.close();
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void carriesEditsBothWaysOverAFarLine(Way way) throws Exception {
        write("a/b", "first");
        attach(way);
        for (int i = 0; i < 20; i++) {
            write("a/b", "edit " + i);
            sync.flush(LATER);
        }
        run("echo there > /app/a/c");
        sync.flush(LATER);

        assertThat(host.resolve("a/c")).hasContent("there");
        assertThat(run("cat /app/a/b")).isEqualTo("edit 19");
        SyncStatus.Replica replica = sync.status().replicas().get(0);
        LOG.info("an edit over {} with 50 ms there and back: {}", way, replica);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("rules 1, 2 and 6: a line that is cut in the middle of a batch costs time and nothing else")
    void losesNothingWhenTheLineIsCut(Cut cut) throws Exception {
        Line line = attach(Way.TLS);
        CompletableFuture<String> there = CompletableFuture.supplyAsync(() ->
                run("mkdir -p /app/there; for i in $(seq 400); do echo there $i > /app/there/$i; sleep 0.002; done"));
        for (int i = 0; i < 400; i++) {
            write("here/" + i % 7 + "/" + i, "here " + i);
        }
        if (cut == Cut.TOLD) {
            line.sever();
        } else {
            line.cut();
        }
        for (int i = 0; i < 200; i++) {
            write("here/" + i % 7 + "/" + i, "again " + i);
        }
        await().pollDelay(CUT).atMost(CUT.plusSeconds(10)).until(there::isDone);
        line.mend();
        sync.flush(LATER);

        Map<String, String> tree = tree();
        assertThat(tree).hasSize(800);
        assertThat(there()).isEqualTo(tree);
    }

    private void write(String path, String content) throws IOException {
        Path file = host.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    /** What the host has: path and content. */
    private Map<String, String> tree() throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(host)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                tree.put(
                        host.relativize(file).toString(), Files.readString(file).strip());
            }
        }
        return tree;
    }

    private Map<String, String> there() {
        Map<String, String> tree = new TreeMap<>();
        run("cd /app && grep -r . .").lines().forEach(entry -> {
            String[] parts = entry.split(":", 2);
            tree.put(parts[0].substring(2), parts[1]);
        });
        return tree;
    }

    private String run(String script) {
        try (ExecStream exec = near.exec(container, ExecSpec.asRoot("sh", "-c", script), LOG::info)) {
            StringBuilder output = new StringBuilder();
            ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
            while (exec.read(buffer.clear()) >= 0) {
                output.append(UTF_8.decode(buffer.flip()));
            }
            return output.toString().strip();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
