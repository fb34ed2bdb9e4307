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
        assertThat(address.cliArguments()).containsExactly("--host", "unix:///tmp/d.sock");
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
        assertThat(address.cliArguments()).containsExactly("--context", "desk");
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
