package dev.devshell.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.devshell.DevshellException.EngineUnreachable;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An engine on another machine, by every way that the docker CLI knows to one. */
@Tag("engine")
@Timeout(90)
@SuppressWarnings("try") // a subscription is only held
class RemoteEngineTests {
    private final RemoteEngine remote = RemoteEngine.get();

    @TempDir
    Path dir;

    private enum Way {
        TLS,
        SSH,
        CONTEXT_WITH_TLS,
        CONTEXT_WITH_SSH,
        CURRENT_CONTEXT
    }

    private Map<String, String> environment(Way way) {
        return switch (way) {
            case TLS -> remote.tls(remote.host, RemoteEngine.TLS_PORT);
            case SSH -> remote.ssh("root@" + remote.host + ":" + RemoteEngine.SSH_PORT);
            case CONTEXT_WITH_TLS -> context(tlsEndpoint(), "DOCKER_CONTEXT", "far");
            case CONTEXT_WITH_SSH ->
                context("host=ssh://" + RemoteEngine.ALIAS + remote.folder + "/docker.sock", "DOCKER_CONTEXT", "far");
            case CURRENT_CONTEXT -> {
                Map<String, String> env = context(tlsEndpoint());
                new Docker(env).cli(new byte[0], "context", "use", "far");
                yield env;
            }
        };
    }

    private String tlsEndpoint() {
        return "host=tcp://" + remote.host + ":2376,ca=" + remote.folder + "/ca.pem,cert=" + remote.folder
                + "/cert.pem,key=" + remote.folder + "/key.pem";
    }

    private Map<String, String> context(String endpoint, String... more) {
        Map<String, String> env = remote.environment(more);
        env.put("DOCKER_CONFIG", dir.toString());
        Map<String, String> creating = remote.environment("DOCKER_CONFIG", dir.toString());
        new Docker(creating).cli(new byte[0], "context", "create", "far", "--docker", endpoint);
        return env;
    }

    @ParameterizedTest
    @EnumSource
    void isReachedByEveryWay(Way way) throws IOException {
        Map<String, String> env = environment(way);
        List<ContainerEvent> events = new CopyOnWriteArrayList<>();
        try (Docker docker = new Docker(env);
                Engine engine = Engine.connect(env);
                Closeable subscription = engine.events(docker.project, events::add)) {
            assertThat(engine.info().host()).isEqualTo(remote.host);
            assertThat(engine.info().local()).isFalse();
            String id = docker.run("web", 1);

            assertThat(engine.containers(docker.project))
                    .extracting(Container::id)
                    .containsExactly(id);
            await().untilAsserted(() -> assertThat(events)
                    .anyMatch(event -> event instanceof ContainerEvent.Happened happened
                            && happened.kind() == ContainerEvent.Kind.START
                            && happened.containerId().equals(id)));
            byte[] content = new byte[3_000_000];
            engine.upload(id, "/srv/new", "file", content, 0600);
            try (ExecStream exec = engine.exec(id, ExecSpec.asRoot("wc", "-c", "/srv/new/file"), line -> {})) {
                assertThat(Streams.readAll(exec)).asString(UTF_8).startsWith("3000000 ");
            }
            try (InputStream tar = engine.download(id, "/srv/new")) {
                assertThat(tar.readAllBytes()).hasSizeGreaterThan(content.length);
            }
            assertThat(engine.upload(id, "/srv/new", "large", 9_000_000)).isEmpty();
        }
    }

    @Test
    void leavesNothingBehind() throws IOException {
        try (Engine engine = Engine.connect(environment(Way.TLS))) {
            assertThat(engine.container("nobody")).isEmpty();
        }

        try (var left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .noneMatch(name -> name.startsWith(
                            "devshell-engine-" + ProcessHandle.current().pid() + "-"));
        }
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("devshell-relay")));
    }

    @Test
    void eventsGoOnAfterTheLineWasCut() throws IOException {
        List<ContainerEvent> events = new CopyOnWriteArrayList<>();
        try (Line line = Line.to(new InetSocketAddress(remote.host, RemoteEngine.TLS_PORT));
                Docker docker = new Docker(environment(Way.TLS));
                Engine engine = Engine.connect(remote.tls("127.0.0.1", line.port()));
                Closeable subscription = engine.events(docker.project, events::add)) {
            await().until(() -> events.size() == 1);

            line.sever();
            await().until(() -> events.size() == 2);
            line.mend();
            await().until(() -> events.size() == 3);

            assertThat(events)
                    .extracting(Object::getClass)
                    .containsExactly(
                            ContainerEvent.Resync.class, ContainerEvent.Lost.class, ContainerEvent.Resync.class);
        }
    }

    @Test
    void isRefusedWhereItsCertificateIsNotTrusted() throws IOException {
        Files.copy(remote.folder.resolve("cert.pem"), dir.resolve("cert.pem"));
        Files.copy(remote.folder.resolve("key.pem"), dir.resolve("key.pem"));
        Map<String, String> env = remote.tls(remote.host, RemoteEngine.TLS_PORT);
        env.put("DOCKER_CERT_PATH", dir.toString());

        assertThatUnreachable(env, "certification path");

        env.remove("DOCKER_TLS_VERIFY");
        env.put("DOCKER_TLS", "1");
        try (Engine engine = Engine.connect(env)) {
            assertThat(engine.info().os()).isEqualTo("linux");
        }
    }

    @Test
    void isRefusedWhereItsCertificateNamesAnother() throws IOException {
        try (Line line = Line.to(new InetSocketAddress(remote.host, RemoteEngine.TLS_PORT))) {
            assertThatUnreachable(remote.tls("localhost", line.port()), "localhost");
        }
    }

    @Test
    void refusesOneThatDoesNotSayWhoItIs() throws IOException {
        Files.copy(remote.folder.resolve("ca.pem"), dir.resolve("ca.pem"));
        Map<String, String> env = remote.tls(remote.host, RemoteEngine.TLS_PORT);
        env.put("DOCKER_CERT_PATH", dir.toString());

        assertThatUnreachable(env, "");
    }

    @Test
    void saysThatItsCertificatesCannotBeRead() throws IOException {
        Files.writeString(dir.resolve("ca.pem"), "no certificate");
        Map<String, String> env = remote.tls(remote.host, RemoteEngine.TLS_PORT);
        env.put("DOCKER_CERT_PATH", dir.toString());

        assertThatThrownBy(() -> Engine.connect(env)).isInstanceOfSatisfying(EngineUnreachable.class, e -> {
            assertThat(e.code()).isEqualTo("ENGINE-TLS");
            assertThat(e.why()).contains(dir.toString());
        });
    }

    @Test
    void tellsWhatSshComplainsOf() {
        assertThatUnreachable(remote.ssh("127.0.0.1:1"), "Connection refused");
        assertThatUnreachable(remote.ssh("nobody@" + remote.host), "Permission denied");
        Map<String, String> env =
                remote.environment("DOCKER_HOST", "ssh://" + RemoteEngine.ALIAS + remote.folder + "/no.sock");
        assertThatUnreachable(env, "no.sock");
    }

    private static void assertThatUnreachable(Map<String, String> env, String why) {
        assertThatThrownBy(() -> Engine.connect(env)).isInstanceOfSatisfying(EngineUnreachable.class, e -> {
            assertThat(e.code()).isEqualTo("ENGINE-UNREACHABLE");
            assertThat(e.why()).contains("DOCKER_HOST").contains(why);
        });
    }
}
