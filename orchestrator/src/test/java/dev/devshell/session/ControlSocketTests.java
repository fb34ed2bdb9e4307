package dev.devshell.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devshell.Change;
import dev.devshell.DevshellException;
import dev.devshell.Notice;
import dev.devshell.Sync;
import dev.devshell.UpOptions;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlSocketTests {
    private final FakeSession session = new FakeSession();
    private final SessionPlace place;
    private ControlServer server;

    ControlSocketTests(@TempDir Path root) {
        place = new SessionPlace(root.resolve("run"), root.resolve("state")).create();
        server = ControlServer.open(place.socket(), new SessionCommands(session, false));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private SessionClient client() {
        return SessionClient.find(place).orElseThrow();
    }

    @Test
    void tellsWhoOwnsTheSession() {
        SessionClient client = client();

        assertThat(client.project()).isEqualTo("blog");
        assertThat(client.directory()).isEqualTo(Path.of("/project"));
        assertThat(client.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(client.background()).isFalse();
    }

    @Test
    void carriesEverythingThatTheSyncAnswers() {
        Sync remote = client().sync();

        assertThat(remote.status()).isEqualTo(session.sync.status());
        assertThat(remote.conflicts()).isEqualTo(session.sync.conflicts());
        assertThat(remote.explain(RecordingSync.FILE)).isEqualTo(session.sync.explain(RecordingSync.FILE));
        assertThat(remote.history(Optional.empty(), 5)).containsExactly(RecordingSync.VERSION);
        assertThat(remote.undo(Optional.of("v1"))).isEqualTo(RecordingSync.VERSION);
        assertThat(client().services()).isEqualTo(session.services());
    }

    @Test
    void carriesEverythingThatTheSyncIsAsked() {
        Sync remote = client().sync();

        remote.pause();
        remote.resume();
        remote.flush(Duration.ofMillis(1500));
        remote.resolve(RecordingSync.FILE, Sync.Keep.BOTH);
        remote.history(Optional.of(RecordingSync.FILE), 3);
        remote.undo(Optional.empty());

        assertThat(session.sync.asked)
                .containsExactly(
                        "pause",
                        "resume",
                        "flush PT1.5S",
                        "resolve " + RecordingSync.FILE + " BOTH",
                        "history Optional[" + RecordingSync.FILE + "] 3",
                        "undo Optional.empty");
    }

    @Test
    void relaysProgressInOrder() {
        List<String> told = new ArrayList<>();

        client().up(new UpOptions(List.of("web"), true, false, Map.of(), Duration.ofSeconds(9)), told::add);

        assertThat(told).containsExactly("building", "starting [web]");
    }

    @Test
    void relaysAnErrorWholeWithItsExitCode() {
        assertThatThrownBy(() -> client().sync().flush(Duration.ofMillis(1)))
                .asInstanceOf(type(DevshellException.class))
                .satisfies(e -> {
                    assertThat(e.exitCode()).isEqualTo(1);
                    assertThat(e.code()).isEqualTo("SYNC-BEHIND");
                    assertThat(e.what()).isEqualTo("not in sync yet");
                    assertThat(e.why()).isEqualTo("app/a.rb is behind");
                    assertThat(e.next()).isEqualTo("try again");
                });
        assertThatThrownBy(() -> client().up(
                                new UpOptions(List.of("sick"), true, false, Map.of(), Duration.ofSeconds(1)), l -> {}))
                .isInstanceOf(DevshellException.Unhealthy.class);
    }

    @Test
    void tellsAnUnexpectedFailureAsOne() {
        assertThatThrownBy(() -> client().rebuild(List.of(), line -> {}))
                .asInstanceOf(type(DevshellException.class))
                .satisfies(e -> assertThat(e.code()).isEqualTo("INTERNAL"))
                .satisfies(e -> assertThat(e.why()).contains("boom"));
    }

    @Test
    void interruptsWhatIsDoneForAClientThatLeaves() throws Exception {
        Thread asking = new Thread(() -> {
            try {
                client().restart(List.of(), line -> {});
            } catch (DevshellException.Interrupted e) {
                Thread.currentThread().interrupt();
            }
        });
        asking.start();
        assertThat(session.restarting.await(10, TimeUnit.SECONDS)).isTrue();

        asking.interrupt();

        assertThat(session.interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        asking.join();
    }

    @Test
    void relaysWhatTheSessionSaysUntilItEnds() throws Exception {
        List<Notice> heard = Collections.synchronizedList(new ArrayList<>());
        Thread following = new Thread(() -> client().follow(heard::add));
        following.start();
        await().until(() -> !heard.isEmpty());

        session.end();

        following.join(10_000);
        assertThat(following.isAlive()).isFalse();
        assertThat(heard).containsExactly(RecordingSync.NOTICE);
    }

    @Test
    void carriesChangesUntilTheSessionEnds() throws Exception {
        List<Change> heard = Collections.synchronizedList(new ArrayList<>());
        Thread following = new Thread(() -> client().changes(heard::add));
        following.start();
        await().until(() -> heard.size() == 2);

        session.end();

        following.join(10_000);
        assertThat(following.isAlive()).isFalse();
        assertThat(heard).last().isEqualTo(FakeSession.CHANGE);
    }

    @Test
    void endsOnRequest() throws Exception {
        client().end();

        assertThat(session.ended.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void refusesAnotherVersionAndAnUnknownCommand() throws Exception {
        JsonNode version = raw("{\"v\":99,\"id\":4,\"command\":\"hello\"}");
        JsonNode command = raw("{\"v\":1,\"id\":5,\"command\":\"dance\"}");

        assertThat(version.path("id").asInt()).isEqualTo(4);
        assertThat(version.path("error").path("code").asText()).isEqualTo("OTHER-VERSION");
        assertThat(command.path("error").path("code").asText()).isEqualTo("UNKNOWN-COMMAND");
    }

    private JsonNode raw(String line) throws Exception {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(place.socket()))) {
            channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
            return new JsonLines(channel).read().orElseThrow();
        }
    }

    @Test
    void dropsAClientThatSendsWhatIsNoRequest() throws Exception {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(place.socket()))) {
            channel.write(ByteBuffer.wrap("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8)));

            assertThat(new JsonLines(channel).read()).isEmpty();
        }
        assertThat(client().project()).isEqualTo("blog");
    }

    @Test
    void removesItsSocketWhenItCloses() {
        server.close();

        assertThat(place.socket()).doesNotExist();
        assertThat(SessionClient.find(place)).isEmpty();
    }

    @Test
    void replacesTheSocketOfADeadProcess() throws Exception {
        server.close();
        ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        dead.bind(UnixDomainSocketAddress.of(place.socket()));
        dead.close();
        assertThat(Files.exists(place.socket())).isTrue();
        assertThat(SessionClient.find(place)).isEmpty();

        server = ControlServer.open(place.socket(), new SessionCommands(session, true));

        assertThat(client().background()).isTrue();
    }
}
