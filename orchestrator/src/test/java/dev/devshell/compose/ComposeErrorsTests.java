package dev.devshell.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devshell.DevshellException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real runs of Compose printed, and what devshell makes of it. */
class ComposeErrorsTests {
    /** Each of {@code says} is in the error's what, why or next. */
    private record Row(String code, int exitCode, String printed, List<String> says) {
        @Override
        public String toString() {
            return code + " from: " + printed.lines().findFirst().orElse("");
        }
    }

    private static Row row(String code, int exitCode, String printed, String... says) {
        return new Row(code, exitCode, printed, List.of(says));
    }

    static Stream<Row> rows() {
        return Stream.of(
                row(
                        "ENGINE-UNREACHABLE",
                        3,
                        "Cannot connect to the Docker daemon at unix:///nope.sock. Is the docker daemon running?",
                        "unix:///nope.sock",
                        "scripts/engine",
                        "DOCKER_HOST"),
                row(
                        "ENGINE-DENIED",
                        3,
                        "permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: Get"
                                + " \"http://%2Fvar%2Frun%2Fdocker.sock/v1.45/info\": dial unix /var/run/docker.sock: connect: permission denied",
                        "group docker"),
                row(
                        "CONTEXT-UNKNOWN",
                        3,
                        "Failed to initialize: unable to resolve docker endpoint: context \"gone\": context not found: open"
                                + " /root/.docker/contexts/meta/283b/meta.json: no such file or directory",
                        "\"gone\"",
                        "docker context ls"),
                row("COMPOSE-MISSING", 3, "docker: 'compose' is not a docker command.\nSee 'docker --help'", "install"),
                row(
                        "COMPOSE-MISSING",
                        3,
                        "docker: unknown command: docker compose\n\nRun 'docker --help' for more information",
                        "install"),
                row("COMPOSE-TOO-OLD", 3, "unknown flag: --progress", "--progress", "2.24"),
                row(
                        "DISK-FULL",
                        1,
                        "failed to solve: failed to copy files: write /var/lib/docker/overlay2/x/diff/big: no space left on device",
                        "docker system df"),
                row("NO-COMPOSE-FILE", 2, "no configuration file provided: not found", "/home/dev/blog", "-f FILE"),
                row("NO-COMPOSE-FILE", 2, "open /tmp/nofile.yaml: no such file or directory", "/tmp/nofile.yaml"),
                row(
                        "NO-ENV-FILE",
                        2,
                        "env file /home/dev/blog/.env.local not found: stat /home/dev/blog/.env.local: no such file or directory",
                        ".env.local"),
                row(
                        "COMPOSE-SYNTAX",
                        1,
                        "yaml: line 2: did not find expected key",
                        "line 2: did not find expected key"),
                row(
                        "COMPOSE-SYNTAX",
                        1,
                        "yaml: unmarshal errors:\n  line 4: mapping key \"web\" already defined at line 2",
                        "line 4: mapping key \"web\" already defined"),
                row(
                        "COMPOSE-SYNTAX",
                        1,
                        "parsing /home/dev/blog/compose.yaml: yaml: line 3: mapping values are not allowed in this context",
                        "mapping values"),
                row(
                        "COMPOSE-INVALID",
                        1,
                        "validating /home/dev/blog/compose.yaml: services.web Additional property imagee is not allowed",
                        "imagee is not allowed",
                        "correct it in /home/dev/blog/compose.yaml"),
                row(
                        "COMPOSE-INVALID",
                        1,
                        "service \"web\" depends on undefined service \"nodb\": invalid compose project",
                        "undefined service \"nodb\""),
                row(
                        "COMPOSE-INVALID",
                        1,
                        "service \"web\" refers to undefined volume data: invalid compose project",
                        "undefined volume data"),
                row(
                        "COMPOSE-VARIABLE",
                        2,
                        "error while interpolating services.web.image: required variable NEEDED is missing a value: set it in .env",
                        "NEEDED",
                        "services.web.image",
                        "it says: set it in .env"),
                row(
                        "UNKNOWN-SERVICE",
                        2,
                        "no such service: wbe",
                        "\"wbe\"",
                        "db, web, worker",
                        "did you mean \"web\"?"),
                row("UNKNOWN-SERVICE", 2, "service \"wrker\" is not running", "did you mean \"worker\"?"),
                row("SERVICE-NOT-RUNNING", 1, "service \"web\" is not running", "devshell up web"),
                row(
                        "BUILD-FAILED",
                        1,
                        FAILED_STEP,
                        "the build of web failed at [3/3] RUN echo one",
                        "two\none\nfailed to solve",
                        "exit code: 3"),
                row(
                        "DOCKERFILE-SYNTAX",
                        1,
                        "#1 [web internal] load build definition from Dockerfile\n#1 DONE 0.0s\nfailed to solve: dockerfile parse error on"
                                + " line 2: unknown instruction: FRIM (did you mean FROM?)",
                        "web: dockerfile parse error on line 2: unknown instruction: FRIM",
                        "line 2"),
                row(
                        "NO-DOCKERFILE",
                        1,
                        "#1 [web internal] load build definition from Nope\nfailed to solve: failed to read dockerfile: open Nope: no such"
                                + " file or directory",
                        "open Nope"),
                row(
                        "IMAGE-MISSING",
                        1,
                        "failed to solve: registry.invalid/nosuch:1: failed to resolve source metadata for registry.invalid/nosuch:1: failed"
                                + " to do request: Head \"https://registry.invalid/v2/nosuch/manifests/1\": no such host",
                        "registry.invalid/nosuch:1"),
                row(
                        "IMAGE-MISSING",
                        1,
                        " web Pulling \n web Error Get \"https://registry.invalid/v2/\": dial tcp: lookup registry.invalid: no such host\n"
                                + "Error response from daemon: Get \"https://registry.invalid/v2/\": no such host",
                        "of the service web",
                        "registry.invalid"),
                row(
                        "IMAGE-MISSING",
                        1,
                        "Error response from daemon: pull access denied for nosuch, repository does not exist or may require 'docker login'",
                        "the image nosuch"),
                row(
                        "IMAGE-MISSING",
                        1,
                        "Error response from daemon: No such image: blog-web:latest",
                        "blog-web:latest",
                        "devshell rebuild"),
                row(
                        "PORT-IN-USE",
                        1,
                        "Error response from daemon: driver failed programming external connectivity on endpoint blog-web-1 (ec99): Error"
                                + " starting userland proxy: listen tcp4 0.0.0.0:3000: bind: address already in use",
                        "port 3000",
                        "ss -ltnp"),
                row(
                        "PORT-IN-USE",
                        1,
                        "Error response from daemon: driver failed programming external connectivity on endpoint blog-web-1 (ec99): Bind for"
                                + " 0.0.0.0:3000 failed: port is already allocated",
                        "port 3000"),
                row(
                        "PORT-IN-USE",
                        1,
                        "Error response from daemon: Ports are not available: exposing port TCP 0.0.0.0:5432 -> 0.0.0.0:0: listen tcp"
                                + " 0.0.0.0:5432: bind: address already in use",
                        "port 5432"),
                row(
                        "NAME-IN-USE",
                        1,
                        "Error response from daemon: Conflict. The container name \"/db\" is already in use by container \"91fc\". You have to"
                                + " remove (or rename) that container to be able to reuse that name.",
                        "docker rm -f db"),
                row(
                        "EXTERNAL-MISSING",
                        1,
                        "network shared declared as external, but could not be found",
                        "shared",
                        "docker network create"),
                row(
                        "SERVICE-NOT-STARTED",
                        1,
                        "Error response from daemon: failed to create task for container: failed to create shim task: OCI runtime create failed:"
                                + " runc create failed: unable to start container process: exec: \"/no/such/prog\": stat /no/such/prog: no such"
                                + " file or directory: unknown",
                        "exec: \"/no/such/prog\""),
                row(
                        "COMPOSE-FAILED",
                        1,
                        " Container a  Creating\nsomething that nobody has seen before",
                        "docker compose up failed",
                        "something that nobody has seen before"));
    }

    private static final String FAILED_STEP = """
            #0 building with "default" instance using docker driver

            #1 [web internal] load build definition from Dockerfile
            #1 DONE 0.0s

            #6 [web 3/3] RUN echo one; echo two >&2; exit 3
            #6 0.357 two
            #6 0.358 one
            #6 ERROR: process "/bin/sh -c echo one; echo two >&2; exit 3" did not complete successfully: exit code: 3
            ------
             > [web 3/3] RUN echo one; echo two >&2; exit 3:
            0.357 two
            0.358 one
            ------
            failed to solve: process "/bin/sh -c echo one; echo two >&2; exit 3" did not complete successfully: exit code: 3
            """;

    @ParameterizedTest
    @MethodSource("rows")
    void saysWhatWhyAndNext(Row row) {
        DevshellException error = ComposeErrors.tell(new Complaint(
                "up",
                row.printed(),
                List.of(),
                Path.of("/home/dev/blog"),
                () -> Set.of("db", "web", "worker").stream().sorted().toList()));

        String all = error.what() + "\n" + error.why() + "\n" + error.next();
        assertThat(error.code()).as(all).isEqualTo(row.code());
        assertThat(error.exitCode()).isEqualTo(row.exitCode());
        assertThat(all).contains(row.says());
        assertThat(error.why()).isNotEmpty();
    }
}
