package dev.devshell.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What every exec promises, held against every way to an engine. */
@Tag("engine")
@Timeout(60)
@ParameterizedClass
@EnumSource
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("try") // close() is what is tested
class ExecStreamTests {
    private static final int BIG = 64 << 20;

    private enum Way {
        SOCKET,
        TCP,
        TLS,
        SSH
    }

    @Parameter
    private Way way = Way.SOCKET;

    private final Line line = Line.to(UnixDomainSocketAddress.of("/var/run/docker.sock"));
    private Docker docker;
    private Engine engine;
    private String container = "";

    @BeforeAll
    void start() {
        Map<String, String> env = switch (way) {
            case SOCKET -> System.getenv();
            case TCP -> Map.of("DOCKER_HOST", "tcp://127.0.0.1:" + line.port());
            case TLS -> RemoteEngine.get().tls(RemoteEngine.get().host, RemoteEngine.TLS_PORT);
            case SSH -> RemoteEngine.get().ssh(RemoteEngine.ALIAS);
        };
        docker = new Docker(env);
        engine = Engine.connect(env);
        container = docker.run("web", 1);
    }

    @AfterAll
    void cleanUp() throws IOException {
        docker.close();
        engine.close();
        line.close();
    }

    @Test
    void echoes() throws IOException {
        try (ExecStream exec = exec("cat")) {
            ByteBuffer back = ByteBuffer.allocate(6);
            for (int i = 0; i < 200; i++) {
                exec.write(UTF_8.encode("ab"), UTF_8.encode(""), UTF_8.encode("cdef"));
                Streams.readFully(exec, back.clear());
                assertThat(new String(back.array(), UTF_8)).isEqualTo("abcdef");
            }
            assertThat(exec.exitCode()).isEmpty();
        }
    }

    @Test
    void passesOnUserEnvironmentAndFolder() throws IOException {
        ExecSpec spec = new ExecSpec(
                List.of("sh", "-c", "echo $(id -u):$(id -g) $GREETING $(pwd)"),
                "33:34",
                Map.of("GREETING", "good day"),
                Optional.of("/usr"));
        try (ExecStream exec = exec(spec, line -> {})) {
            assertThat(Streams.readAll(exec)).asString(UTF_8).isEqualTo("33:34 good day /usr\n");
        }
    }

    @Test
    void keepsErrorsApartAndTellsTheExitCode() throws IOException {
        List<String> errors = new CopyOnWriteArrayList<>();
        ExecSpec spec = ExecSpec.asRoot("sh", "-c", "echo out; echo one >&2; echo two >&2; exit 7");
        try (ExecStream exec = exec(spec, errors::add)) {
            assertThat(Streams.readAll(exec)).asString(UTF_8).isEqualTo("out\n");
            await().untilAsserted(() -> assertThat(exec.exitCode()).hasValue(7));
        }
        await().untilAsserted(() -> assertThat(errors).containsExactly("one", "two"));
    }

    @Test
    void carriesABigStreamUpAndDownUnharmed() throws Exception {
        byte[] data = new byte[BIG];
        new Random(7).nextBytes(data);
        try (ExecStream exec = exec("cat")) {
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                try {
                    exec.write(ByteBuffer.wrap(data));
                    exec.endInput();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);
            long count = 0;
            while (exec.read(buffer.clear()) >= 0) {
                count += buffer.flip().remaining();
                digest.update(buffer);
            }
            writer.get(10, TimeUnit.SECONDS);
            assertThat(count).isEqualTo(BIG);
            assertThat(digest.digest())
                    .isEqualTo(MessageDigest.getInstance("SHA-256").digest(data));
        }
    }

    @Test
    void endsTheReaderWhenItIsClosed() throws Exception {
        try (ExecStream exec = exec("cat")) {
            exec.write(UTF_8.encode("x"));
            Streams.readFully(exec, ByteBuffer.allocate(1));
            CompletableFuture<Integer> reader = CompletableFuture.supplyAsync(() -> {
                try {
                    return exec.read(ByteBuffer.allocate(10));
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });

            exec.close();

            assertThat(reader.get(5, TimeUnit.SECONDS)).isEqualTo(-1);
            assertThatThrownBy(() -> exec.write(UTF_8.encode("y"))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void endsAWriterThatNobodyReadsWhenItIsClosed() throws Exception {
        try (ExecStream exec = exec("sleep", "1000")) {
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                try {
                    while (true) {
                        exec.write(ByteBuffer.allocate(1 << 20));
                    }
                } catch (IOException e) {
                    // That is the end that is waited for.
                }
            });
            await().pollDelay(300, TimeUnit.MILLISECONDS).until(() -> !writer.isDone());

            exec.close();

            writer.get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void endsAWriterWhenTheCommandIsGone() throws Exception {
        try (ExecStream exec = exec("true")) {
            assertThat(exec.read(ByteBuffer.allocate(10))).isEqualTo(-1);

            assertThatThrownBy(() -> {
                        while (true) {
                            exec.write(ByteBuffer.allocate(1 << 20));
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    private ExecStream exec(String... command) {
        return exec(ExecSpec.asRoot(command), line -> {});
    }

    private ExecStream exec(ExecSpec spec, Consumer<String> stderr) {
        return engine.exec(container, spec, stderr);
    }
}
