package dev.devshell.repl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devshell.repl.TinyProject.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a real container has: a {@code USER}, the owners of its COPY lines, mounts over a part of a mapping, and a mapping onto {@code /}. */
@Tag("engine")
class OwnersAndMountsTests {
    private static final String COMPOSE = """
            name: cli-owners
            services:
              web:
                build: .
                init: true
                tmpfs: /srv/code/tmp
                volumes:
                  - /srv/code/node_modules
                  - ./bound:/srv/code/config
              numeric:
                build: {context: ., target: numeric}
                init: true
                user: "4321:4322"
              slash:
                build: {context: ., target: slash}
                init: true
            """;

    private static final String DOCKERFILE = """
            FROM debian:trixie-slim AS numeric
            COPY --chown=4321:4322 --chmod=640 code /srv/code
            CMD ["sleep", "infinity"]

            FROM debian:trixie-slim AS slash
            COPY rootfs /
            CMD ["sleep", "infinity"]

            FROM debian:trixie-slim
            RUN useradd --uid 1500 --create-home app && mkdir -p /srv/own && chown app:app /srv/own
            COPY code /srv/code
            COPY --chown=app:app mine /srv/mine
            COPY own /srv/own
            USER app
            CMD ["sleep", "infinity"]
            """;

    private final TinyProject project;

    OwnersAndMountsTests(@TempDir Path root) throws IOException {
        project = new TinyProject(root, "cli-owners");
        for (String directory : List.of(
                "code/tmp",
                "code/node_modules",
                "code/config",
                "mine",
                "own",
                "bound",
                "rootfs/etc/tool",
                "rootfs/opt")) {
            Files.createDirectories(project.path(directory));
        }
        Files.setPosixFilePermissions(project.path("bound"), PosixFilePermissions.fromString("rwxrwxrwx"));
        project.write("compose.yaml", COMPOSE);
        project.write("Dockerfile", DOCKERFILE);
        for (String file : List.of(
                "code/a",
                "code/tmp/a",
                "code/node_modules/a",
                "code/config/a",
                "mine/a",
                "own/a",
                "bound/a",
                "rootfs/etc/tool/a")) {
            project.write(file, "one");
        }
    }

    @AfterEach
    void remove() {
        project.devshell("down");
        project.run(
                Map.of(), List.of("docker", "compose", "-p", project.name(), "down", "--rmi", "local", "--volumes"));
    }

    private String in(String service, String script) {
        Run run = project.run(Map.of(), List.of("docker", "compose", "exec", "-T", service, "sh", "-c", script));
        assertThat(run.err()).isEmpty();
        return run.out().strip();
    }

    private void flush() {
        Run flush = project.devshell("sync", "flush");
        assertThat(flush.code()).as(flush.err()).isZero();
    }

    @Test
    @DisplayName(
            "rule 3 and metadata: USER, --chown, --chmod, numeric users, root's code, mounts over a mapping, a mapping onto /")
    void livesWithWhatOnlyAContainerHas() throws IOException {
        Run up = project.devshell("up", "-d");
        assertThat(up.code()).as(up.err()).isZero();

        for (String file : List.of("code/a", "code/new/b", "mine/new/b", "own/new/b", "rootfs/opt/new")) {
            Files.createDirectories(project.path(file).getParent());
            project.write(file, "edited");
        }
        project.write("code/node_modules/a", "the host's");
        project.write("code/tmp/b", "the host's");
        project.write("code/config/b", "the host's");
        flush();

        assertThat(in("web", "cat /srv/code/a /srv/code/new/b /srv/mine/new/b /srv/own/new/b"))
                .isEqualTo("edited".repeat(4));
        assertThat(
                        in(
                                "web",
                                "id -un; cd /srv; stat -c %U:%G code/a code/new code/new/b mine/new mine/new/b own/new own/new/b"))
                .isEqualTo("app\nroot:root\nroot:root\nroot:root\napp:app\napp:app\napp:app\napp:app");
        assertThat(in("numeric", "id -u; stat -c %u:%g:%a /srv/code/new/b")).isEqualTo("4321\n4321:4322:640");
        assertThat(in("slash", "cat /opt/new /etc/tool/a; test -e /etc/passwd && echo whole"))
                .isEqualTo("editedonewhole");

        // what the mounts hide is nobody's to write
        assertThat(in("web", "cat /srv/code/node_modules/a; ls /srv/code/tmp /srv/code/config"))
                .isEqualTo("one/srv/code/config:\na\n\n/srv/code/tmp:");
        in("web", "printf made > /srv/mine/back; printf made > /srv/own/back; printf x > /srv/code/config/back");
        in("slash", "printf made > /etc/tool/back; printf made > /etc/elsewhere");
        flush();

        assertThat(project.read("mine/back") + project.read("own/back")).isEqualTo("mademade");
        assertThat(project.read("rootfs/etc/tool/back")).isEqualTo("made");
        assertThat(Files.getOwner(project.path("mine/back"))).isEqualTo(Files.getOwner(project.path("mine")));
        assertThat(project.path("code/config/back")).doesNotExist();
        assertThat(project.read("bound/back")).isEqualTo("x");
        assertThat(project.read("code/tmp/a") + project.read("bound/a")).isEqualTo("oneone");
        assertThat(project.devshell("sync", "explain", "code/config/b").out()).contains("mount");
    }
}
