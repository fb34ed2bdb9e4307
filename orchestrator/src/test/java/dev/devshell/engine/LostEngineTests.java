package dev.devshell.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.devshell.DevshellException.EngineUnreachable;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is left of an engine that goes away, as far as that can be had without stopping it under others. */
@Tag("engine")
@Timeout(60)
@SuppressWarnings("try") // close() is what is tested
class LostEngineTests {
    @TempDir
    Path dir;

    private final Docker docker = new Docker();
    private FlakySocket socket;
    private Engine engine;

    @BeforeEach
    void connect() throws IOException {
        socket = new FlakySocket(dir.resolve("docker.sock"));
        engine = Engine.connect(Map.of("DOCKER_HOST", socket.host()));
    }

    @AfterEach
    void cleanUp() {
        docker.close();
        engine.close();
        socket.close();
    }

    @Test
    void eventsGoOnWhenTheEngineIsBack() throws IOException {
        List<ContainerEvent> events = new CopyOnWriteArrayList<>();
        try (Closeable stream = engine.events(docker.project, events::add)) {
            await().until(() -> events.size() == 1);

            socket.down();
            await().until(() -> events.size() == 2);
            docker.run("missed", 1);
            socket.up();
            await().until(() -> events.size() == 3);
            docker.run("seen", 1);
            await().until(() -> events.size() == 5);

            assertThat(events)
                    .extracting(Object::getClass)
                    .startsWith(ContainerEvent.Resync.class, ContainerEvent.Lost.class, ContainerEvent.Resync.class);
            assertThat(((ContainerEvent.Happened) events.get(4)).service()).isEqualTo("seen");
            assertThat(engine.containers(docker.project))
                    .extracting(Container::service)
                    .containsExactly("missed", "seen");
        }
    }

    @Test
    void aClosedSubscriptionLeavesNoThread() throws IOException {
        Closeable open = engine.events(docker.project, event -> {});
        Closeable lost = engine.events(docker.project, event -> {});
        open.close();
        socket.down();
        lost.close();

        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("devshell-events-" + docker.project)));
    }

    @Test
    void callsSayThatTheEngineIsGone() throws IOException {
        socket.down();

        assertThatThrownBy(() -> engine.containers(docker.project))
                .isInstanceOfSatisfying(EngineUnreachable.class, e -> {
                    assertThat(e.code()).isEqualTo("ENGINE-LOST");
                    assertThat(e.why()).contains(socket.host());
                });
    }

    @Test
    void anExecEnds() throws IOException {
        String id = docker.run("web", 1);
        try (ExecStream exec = engine.exec(id, ExecSpec.asRoot("cat"), line -> {})) {
            exec.write(UTF_8.encode("x"));
            Streams.readFully(exec, ByteBuffer.allocate(1));

            socket.down();

            assertThat(exec.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            assertThatThrownBy(() -> exec.write(UTF_8.encode("y"))).isInstanceOf(IOException.class);
        }
    }
}
