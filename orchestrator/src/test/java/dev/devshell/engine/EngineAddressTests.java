package dev.devshell.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.devshell.DevshellException.EngineUnreachable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineAddressTests {
    /** {@code printf desk | sha256sum}. */
    private static final String DESK = "49be417ad74080a0031b636b44cfc26fdd0065492d6cd3b033960c4414955cf7";

    @TempDir
    Path home;

    @Test
    void isTheDefaultSocketWhereNothingIsSaid() {
        assertThat(resolve()).isEqualTo(new EngineAddress(EngineAddress.DEFAULT, "the default", Optional.empty()));
    }

    @Test
    void prefersDockerHostToEveryContext() throws IOException {
        configure("{\"currentContext\":\"desk\"}");

        EngineAddress address = resolve("DOCKER_HOST", "unix:///tmp/d.sock", "DOCKER_CONTEXT", "other");

        assertThat(address.socket()).contains(Path.of("/tmp/d.sock"));
    }

    @Test
    void takesAHostWithoutASchemeForTcp() {
        EngineAddress address = resolve("DOCKER_HOST", "box:2375");

        assertThat(address.uri()).hasToString("tcp://box:2375");
        assertThat(address.socket()).isEmpty();
    }

    @Test
    void findsTheContextThatTheEnvironmentNames() throws IOException {
        context("desk", "unix:///run/desk.sock");

        EngineAddress address = resolve("DOCKER_CONTEXT", "desk");

        assertThat(address.socket()).contains(Path.of("/run/desk.sock"));
    }

    @Test
    void findsTheContextThatTheConfigurationNames() throws IOException {
        configure("{\"currentContext\":\"desk\"}");
        context("desk", "ssh://dev@box");

        assertThat(resolve().uri()).hasToString("ssh://dev@box");
    }

    @Test
    void knowsTheContextThatIsNoContext() throws IOException {
        configure("{\"currentContext\":\"default\"}");

        assertThat(resolve().uri()).isEqualTo(EngineAddress.DEFAULT);
    }

    @Test
    void speaksTlsWhereTheEnvironmentAsksForIt() {
        assertThat(resolve("DOCKER_HOST", "tcp://box").tls()).isEmpty();
        assertThat(resolve("DOCKER_HOST", "tcp://box", "DOCKER_TLS_VERIFY", "0").tls())
                .contains(new TlsMaterial(home.resolve(".docker"), true));
        assertThat(resolve("DOCKER_HOST", "tcp://box", "DOCKER_TLS", "1", "DOCKER_CERT_PATH", "/certs")
                        .tls())
                .contains(new TlsMaterial(Path.of("/certs"), false));
        assertThat(resolve("DOCKER_HOST", "unix:///d.sock", "DOCKER_TLS_VERIFY", "1")
                        .tls())
                .isEmpty();
    }

    @Test
    void speaksTlsWithAContextThatHasFilesForIt() throws IOException {
        context("desk", "tcp://box:2376");
        assertThat(resolve("DOCKER_CONTEXT", "desk").tls()).isEmpty();

        Path files = home.resolve(".docker/contexts/tls/" + DESK + "/docker");
        Files.createDirectories(files);

        assertThat(resolve("DOCKER_CONTEXT", "desk").tls()).contains(new TlsMaterial(files, true));
    }

    @Test
    void takesThePortThatIsUsualWhereNoneIsNamed() {
        EngineAddress plain = resolve("DOCKER_HOST", "tcp://box");
        EngineAddress secure = resolve("DOCKER_HOST", "tcp://[::1]", "DOCKER_TLS", "1");

        assertThat(Dial.to(plain, Map.of())).isEqualTo(new TcpDial("box", 2375, Optional.empty(), true));
        assertThat(Dial.to(secure, Map.of())).isInstanceOfSatisfying(TcpDial.class, dial -> {
            assertThat(dial.host()).isEqualTo("::1");
            assertThat(dial.port()).isEqualTo(2376);
            assertThat(dial.verify()).isFalse();
        });
    }

    @Test
    void callsSshAsTheDockerCliDoes() {
        Dial dial = Dial.to(resolve("DOCKER_HOST", "ssh://dev@my_box:2222/run/d.sock"), Map.of());

        assertThat(dial).isInstanceOfSatisfying(SshDial.class, ssh -> {
            assertThat(ssh.destination()).containsExactly("-l", "dev", "-p", "2222", "--", "my_box");
            assertThat(ssh.remote()).containsExactly("docker", "--host", "unix:///run/d.sock", "system", "dial-stdio");
        });
    }

    @Test
    void refusesWhatSshWouldTakeForSomethingElse() {
        for (String host : new String[] {"ssh://dev:secret@box", "ssh://box?x", "ssh://"}) {
            assertThatThrownBy(() -> Dial.to(resolve("DOCKER_HOST", host), Map.of()))
                    .isInstanceOfSatisfying(EngineUnreachable.class, e -> {
                        assertThat(e.code()).isEqualTo("ENGINE-ADDRESS-INVALID");
                        assertThat(e.why()).doesNotContain("secret");
                    });
        }
    }

    @Test
    void refusesASchemeThatItDoesNotSpeak() {
        assertThatThrownBy(() -> Engine.connect(Map.of("DOCKER_HOST", "npipe:////./pipe/docker_engine")))
                .isInstanceOfSatisfying(
                        EngineUnreachable.class, e -> assertThat(e.code()).isEqualTo("ENGINE-ADDRESS-UNSUPPORTED"));
    }

    @Test
    void saysWhoNamedAContextThatIsNotThere() {
        assertThatThrownBy(() -> resolve("DOCKER_CONTEXT", "gone"))
                .asInstanceOf(type(EngineUnreachable.class))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo("CONTEXT-UNKNOWN");
                    assertThat(e.exitCode()).isEqualTo(3);
                    assertThat(e.why()).contains("DOCKER_CONTEXT");
                    assertThat(e.next()).contains("docker context ls");
                });
    }

    @Test
    void saysWhatWasTriedWhenNothingAnswers() {
        String nowhere = "unix://" + home.resolve("no.sock");

        assertThatThrownBy(() -> Engine.connect(Map.of("DOCKER_HOST", nowhere)))
                .asInstanceOf(type(EngineUnreachable.class))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo("ENGINE-UNREACHABLE");
                    assertThat(e.why()).contains(nowhere).contains("DOCKER_HOST");
                    assertThat(e.next()).contains("scripts/engine");
                });
    }

    @Test
    void refusesAnAddressThatIsNone() {
        assertThatThrownBy(() -> resolve("DOCKER_HOST", "unix:// /"))
                .asInstanceOf(type(EngineUnreachable.class))
                .extracting(EngineUnreachable::code)
                .isEqualTo("ENGINE-ADDRESS-INVALID");
    }

    private EngineAddress resolve(String... env) {
        Map<String, String> all = new HashMap<>(Map.of("HOME", home.toString()));
        for (int i = 0; i < env.length; i += 2) {
            all.put(env[i], env[i + 1]);
        }
        return EngineAddress.resolve(all);
    }

    private void configure(String json) throws IOException {
        Files.createDirectories(home.resolve(".docker"));
        Files.writeString(home.resolve(".docker/config.json"), json);
    }

    private void context(String name, String host) throws IOException {
        assertThat(name).isEqualTo("desk");
        Path folder = home.resolve(".docker/contexts/meta/" + DESK);
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("meta.json"),
                "{\"Name\":\"desk\",\"Metadata\":{},\"Endpoints\":{\"docker\":{\"Host\":\"" + host
                        + "\",\"SkipTLSVerify\":false}}}");
    }
}
