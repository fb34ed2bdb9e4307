package dev.devshell.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.devshell.engine.Docker;
import dev.devshell.engine.Engine;
import dev.devshell.engine.ExecSpec;
import dev.devshell.engine.ExecStream;
import dev.devshell.ignore.IgnoreRules;
import dev.devshell.sync.AgentBinary;
import dev.devshell.sync.AgentStarter;
import dev.devshell.sync.AgentStream;
import dev.devshell.sync.ProjectSync;
import dev.devshell.sync.Upload;
import dev.devshell.sync.plan.HostPath;
import dev.devshell.sync.plan.Policy;
import dev.devshell.sync.plan.Root;
import dev.devshell.sync.plan.SyncPlan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Large files that the engine itself puts into a real container. */
@Tag("engine")
@Timeout(120)
class LargeUploadTests {
    private static final int SIZE = (9 << 20) + 4_711;
    private static final Duration LATER = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final Docker docker = new Docker(Map.of());
    private final Engine engine = Engine.connect(System.getenv());
    private final AtomicLong streamed = new AtomicLong();
    private final AtomicLong uploads = new AtomicLong();
    private ProjectSync sync;
    private Path host;

    @BeforeEach
    void open() throws IOException {
        host = Files.createDirectory(directory.resolve("host")).toRealPath();
        sync = ProjectSync.open(directory.resolve("state"));
    }

    @AfterEach
    void close() {
        sync.close();
        engine.close();
        docker.close();
    }

    private String attach(String target, String... options) throws Exception {
        String container = docker.run("web", 1, options);
        Root root = new Root(
                target,
                true,
                new HostPath(host, ""),
                Root.Flow.BOTH,
                List.of(IgnoreRules.EDITORS),
                List.of(),
                "33:34",
                -1,
                "Dockerfile:1 COPY . " + target);
        SyncPlan plan = new SyncPlan(List.of(root), List.of(), Policy.HOST, List.of(IgnoreRules.PROTECTED));
        AgentStarter agent = new EngineAgent(
                engine, container, "web-1", AgentBinary.of(engine.info().architecture()));
        sync.attach("web", 1, container, plan, () -> new Counted(agent.start(), streamed, uploads))
                .get(60, TimeUnit.SECONDS);
        return container;
    }

    private String put(String name) throws Exception {
        byte[] content = new byte[SIZE];
        new Random(1).nextBytes(content);
        Path beside = Files.write(directory.resolve("beside"), content);
        Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rwxr-x---"));
        Files.move(beside, host.resolve(name));
        sync.flush(LATER);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private String run(String container, String script) throws IOException {
        try (ExecStream exec = engine.exec(container, ExecSpec.asRoot("sh", "-c", script), line -> {})) {
            exec.endInput();
            return new String(readAll(exec), UTF_8).strip();
        }
    }

    private static byte[] readAll(ExecStream exec) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(64 * 1024);
        while (exec.read(all) >= 0) {
            // to its end
        }
        return java.util.Arrays.copyOf(all.array(), all.position());
    }

    @Test
    @DisplayName(
            "rules 4 and 7: a large new file does not pass the stream, and has owner, mode and content all the same")
    void aLargeNewFileDoesNotPassTheStream() throws Exception {
        String container = attach("/app");
        String digest = put("large");

        assertThat(run(container, "sha256sum < /app/large; stat -c %u:%g:%a /app/large; ls /.devshell/stage"))
                .isEqualTo(digest + "  -\n33:34:750");
        assertThat(uploads).hasValue(1);
        assertThat(streamed).hasValueLessThan(SIZE / 10);
    }

    @Test
    void reachesAMappingOnAnotherFileSystem() throws Exception {
        String container = attach("/fast/app", "--tmpfs", "/fast");
        String digest = put("large");

        assertThat(run(container, "sha256sum < /fast/app/large; stat -c %u:%g:%a /fast/app/large; ls /.devshell/stage"))
                .isEqualTo(digest + "  -\n33:34:750");
    }

    private record Counted(AgentStream stream, AtomicLong streamed, AtomicLong uploads) implements AgentStream {
        @Override
        public int read(ByteBuffer into) throws IOException {
            return stream.read(into);
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            streamed.addAndGet(bytes.remaining());
            stream.write(bytes);
        }

        @Override
        public long leastUpload() {
            return stream.leastUpload();
        }

        @Override
        public Optional<Upload> upload(String name, long size) throws IOException {
            uploads.incrementAndGet();
            return stream.upload(name, size);
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
