package dev.devshell.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import dev.devshell.DevshellException.Failed;
import dev.devshell.engine.Container.Mount;
import dev.devshell.engine.Container.MountType;
import dev.devshell.engine.Container.Port;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
@SuppressWarnings("try") // a subscription is only held
class EngineTests {
    private final Engine engine = Engine.connect(System.getenv());
    private final Docker docker = new Docker();

    @AfterEach
    void cleanUp() {
        docker.close();
        engine.close();
    }

    @Test
    void saysWhatItIs() {
        EngineInfo info = engine.info();

        assertThat(info.apiVersion()).matches("1\\.\\d+");
        assertThat(info.os()).isEqualTo("linux");
        assertThat(info.architecture()).isIn("amd64", "arm64");
    }

    @Test
    void findsTheContainersOfAProjectByTheirLabels() {
        String second = docker.run("web", 2);
        String first = docker.run("web", 1);
        String db = docker.run("db", 1);

        List<Container> containers = engine.containers(docker.project);

        assertThat(containers).extracting(Container::id).containsExactly(db, first, second);
        ComposeLabels labels = containers.get(1).compose();
        assertThat(labels)
                .isEqualTo(new ComposeLabels(
                        docker.project,
                        "web",
                        1,
                        false,
                        "c0ffee",
                        "sha256:feed",
                        "/home/dev/blog",
                        List.of("/home/dev/blog/compose.yaml", "/home/dev/blog/compose.override.yaml")));
        assertThat(engine.containers("no-such-project")).isEmpty();
    }

    @Test
    void tellsAllThatTheSyncMustKnowOfAContainer() {
        String id = docker.run(
                "web",
                1,
                "--read-only",
                "-u",
                "33:33",
                "-w",
                "/srv",
                "--tmpfs",
                "/tmp:ro",
                "-v",
                "/data",
                "-v",
                "/etc:/host-etc:ro",
                "-p",
                "127.0.0.1::80",
                "--health-cmd",
                "echo fine",
                "--health-interval",
                "500ms");
        await().until(() -> engine.container(id).orElseThrow().run().health() == Health.HEALTHY);

        Container container = engine.container(id).orElseThrow();

        assertThat(container.running()).isTrue();
        assertThat(container.run().healthOutput()).isEqualTo("fine");
        assertThat(container.run().pid()).isPositive();
        assertThat(container.run().startedAt()).isPresent();
        assertThat(container.readOnlyRoot()).isTrue();
        assertThat(container.user()).isEqualTo("33:33");
        assertThat(container.workingDir()).isEqualTo("/srv");
        assertThat(container.architecture()).isEqualTo(engine.info().architecture());
        assertThat(container.imageId()).startsWith("sha256:");
        assertThat(container.mounts())
                .contains(
                        new Mount("/host-etc", MountType.BIND, "/etc", true),
                        new Mount("/tmp", MountType.TMPFS, "", true),
                        new Mount("/etc/hosts", MountType.ENGINE, "", false))
                .anyMatch(mount -> mount.destination().equals("/data") && mount.type() == MountType.VOLUME);
        Port port = container.ports().get(0);
        assertThat(port.container()).isEqualTo(80);
        assertThat(port.hostIp()).isEqualTo("127.0.0.1");
        assertThat(port.host()).isPositive();
    }

    @Test
    void tellsHowAContainerEnded() {
        String id = docker.run("web", 1);
        Docker.docker("kill", id);
        await().until(() -> !engine.container(id).orElseThrow().running());

        RunState run = engine.container(id).orElseThrow().run();

        assertThat(run.status()).isEqualTo(RunState.Status.EXITED);
        assertThat(run.exitCode()).isEqualTo(137);
        assertThat(run.oomKilled()).isFalse();
        assertThat(run.pid()).isZero();
    }

    @Test
    void knowsAnImage() {
        ImageFacts image = engine.image(Docker.DEBIAN).orElseThrow();

        assertThat(image.architecture()).isEqualTo(engine.info().architecture());
        assertThat(engine.image(image.id())).contains(image);
        assertThat(engine.image("registry.example:5000/no/such:image")).isEmpty();
    }

    @Test
    void reportsEventsInTheirOrder() throws IOException {
        List<ContainerEvent> events = new CopyOnWriteArrayList<>();
        try (Closeable stream = engine.events(docker.project, events::add)) {
            String id = docker.run("web", 1, "--health-cmd", "true", "--health-interval", "200ms");
            await().until(() -> kinds(events).contains(ContainerEvent.Kind.HEALTH));
            Docker.docker("pause", id);
            Docker.docker("unpause", id);
            Docker.docker("restart", "-t", "0", id);
            Docker.docker("rename", id, docker.project + "-renamed");
            Docker.docker("rm", "-f", id);
            String recreated = docker.run("web", 1);

            await().until(() -> happened(events).stream()
                    .anyMatch(e -> e.containerId().equals(recreated) && e.kind() == ContainerEvent.Kind.START));

            assertThat(events.get(0)).isEqualTo(new ContainerEvent.Resync());
            assertThat(happened(events)).allMatch(e -> e.service().equals("web") && e.number() == 1);
            assertThat(kinds(events))
                    .containsSubsequence(
                            ContainerEvent.Kind.CREATE,
                            ContainerEvent.Kind.START,
                            ContainerEvent.Kind.PAUSE,
                            ContainerEvent.Kind.UNPAUSE,
                            ContainerEvent.Kind.KILL,
                            ContainerEvent.Kind.DIE,
                            ContainerEvent.Kind.START,
                            ContainerEvent.Kind.RENAME,
                            ContainerEvent.Kind.DIE,
                            ContainerEvent.Kind.DESTROY,
                            ContainerEvent.Kind.CREATE,
                            ContainerEvent.Kind.START);
            assertThat(happened(events))
                    .filteredOn(e -> e.kind() == ContainerEvent.Kind.DIE)
                    .allMatch(e -> e.exitCode().orElse(-1) == 137);
            assertThat(happened(events))
                    .filteredOn(e -> e.kind() == ContainerEvent.Kind.HEALTH)
                    .first()
                    .extracting(ContainerEvent.Happened::health)
                    .isEqualTo(Health.HEALTHY);
        }
        int count = events.size();
        docker.run("late", 1);
        assertThat(events).hasSize(count).doesNotHaveAnyElementsOfTypes(ContainerEvent.Lost.class);
    }

    @Test
    void goesOnAfterAConsumerThatFails() throws IOException {
        List<ContainerEvent> events = new CopyOnWriteArrayList<>();
        try (Closeable stream = engine.events(docker.project, event -> {
            events.add(event);
            throw new IllegalStateException("a consumer that fails");
        })) {
            docker.run("web", 1);
            await().until(() -> kinds(events).contains(ContainerEvent.Kind.START));
        }
    }

    @Test
    void uploadsIntoAnImageThatHoldsNothingElse() throws IOException {
        String architecture = engine.info().architecture();
        String id = docker.runScratch(architecture);

        engine.upload(id, "/opt/.tools/bin", "cat2", CatProgram.bytes(architecture), 0755);

        try (ExecStream exec = engine.exec(id, ExecSpec.asRoot("/opt/.tools/bin/cat2"), line -> {})) {
            exec.write(UTF_8.encode("hello"));
            exec.endInput();
            assertThat(Streams.readAll(exec)).asString(UTF_8).isEqualTo("hello");
            await().until(() -> exec.exitCode().isPresent());
            assertThat(exec.exitCode()).hasValue(0);
        }
        assertThat(engine.diff(id))
                .contains(new FileChange(FileChange.Kind.ADDED, "/opt/.tools/bin/cat2"))
                .allMatch(change -> change.kind() == FileChange.Kind.ADDED);
    }

    @Test
    void leavesAFolderAsItIsWhenItUploadsThere() throws IOException {
        String id = docker.run("web", 1, "-u", "33");

        engine.upload(id, "/tmp", "file", "text".getBytes(UTF_8), 0640);

        assertThat(run(id, "stat", "-c", "%a %u:%g %n", "/tmp", "/tmp/file"))
                .isEqualTo("1777 0:0 /tmp\n640 0:0 /tmp/file\n");
        try (InputStream tar = engine.download(id, "/tmp/file")) {
            assertThat(new String(tar.readAllBytes(), UTF_8)).contains("text");
        }
    }

    @Test
    void saysThatARootIsReadOnly() {
        String id = docker.run("web", 1, "--read-only");

        assertThatThrownBy(() -> engine.upload(id, "/.devshell", "agent", new byte[10], 0755))
                .asInstanceOf(type(Failed.class))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo("CONTAINER-READ-ONLY");
                    assertThat(e.why()).isNotEmpty();
                    assertThat(e.next()).contains("read_only");
                });
    }

    @Test
    void uploadsToAVolumeUnderAReadOnlyRoot() throws IOException {
        String id = docker.run("web", 1, "--read-only", "-v", "/data");

        engine.upload(id, "/data/deep/er/", "file", "text".getBytes(UTF_8), 0600);

        assertThat(run(id, "stat", "-c", "%a %n", "/data/deep", "/data/deep/er/file"))
                .isEqualTo("755 /data/deep\n600 /data/deep/er/file\n");
    }

    @Test
    void writesAFileWhileItIsRead() throws IOException {
        String id = docker.run("web", 1, "-u", "33");
        byte[] chunk = new byte[100_000];
        try (FileUpload upload =
                engine.upload(id, "/var/tmp", "large", 20L * chunk.length).orElseThrow()) {
            for (int i = 0; i < 20; i++) {
                upload.write(ByteBuffer.wrap(chunk));
            }
            upload.finish();
        }

        assertThat(run(id, "stat", "-c", "%a %u:%g %s", "/var/tmp/large")).isEqualTo("600 0:0 2000000\n");
    }

    @Test
    void letsGoOfAFileThatIsGivenUp() throws IOException {
        String id = docker.run("web", 1);
        try (FileUpload upload =
                engine.upload(id, "/var/tmp", "large", 2_000_000).orElseThrow()) {
            upload.write(ByteBuffer.wrap(new byte[1_000_000]));
            upload.giveUp();
        }

        assertThat(run(id, "stat", "-c", "%s", "/var/tmp/large")).isEqualTo("1000000\n");
    }

    @Test
    void saysWhyAFileIsNotTaken() {
        String readOnly = docker.run("web", 1, "--read-only");
        String id = docker.run("web", 2);

        refused(readOnly, "/var/tmp", "read-only");
        refused(id, "/not/there", "/not/there");
        refused("f".repeat(64), "/var/tmp", "No such container");
        assertThatThrownBy(() -> write(id, "/not/there", 20_000_000)).isInstanceOf(IOException.class);
    }

    /** An engine that refuses before all has come may close the connection on its own words: then once more. */
    private void refused(String id, String directory, String why) {
        await().untilAsserted(() -> assertThatThrownBy(() -> write(id, directory, 10))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(why));
    }

    private void write(String id, String directory, int size) throws IOException {
        try (FileUpload upload = engine.upload(id, directory, "file", size).orElseThrow()) {
            upload.write(ByteBuffer.wrap(new byte[size]));
            upload.finish();
        }
    }

    @Test
    void saysThatAContainerIsGoneOrDoesNotRun() {
        String id = docker.run("web", 1);
        Docker.docker("kill", id);

        assertThatThrownBy(() -> engine.exec(id, ExecSpec.asRoot("true"), line -> {}))
                .asInstanceOf(type(Failed.class))
                .extracting(Failed::code)
                .isEqualTo("CONTAINER-NOT-RUNNING");
        assertThatThrownBy(() -> engine.upload("f".repeat(64), "/a", "b", new byte[0], 0644))
                .asInstanceOf(type(Failed.class))
                .extracting(Failed::code)
                .isEqualTo("NO-CONTAINER");
        assertThat(engine.container("f".repeat(64))).isEmpty();
    }

    private String run(String id, String... command) throws IOException {
        try (ExecStream exec =
                engine.exec(id, new ExecSpec(List.of(command), "", Map.of(), java.util.Optional.empty()), line -> {})) {
            return new String(Streams.readAll(exec), UTF_8);
        }
    }

    private static List<ContainerEvent.Happened> happened(List<ContainerEvent> events) {
        return events.stream()
                .filter(ContainerEvent.Happened.class::isInstance)
                .map(ContainerEvent.Happened.class::cast)
                .toList();
    }

    private static List<ContainerEvent.Kind> kinds(List<ContainerEvent> events) {
        return happened(events).stream().map(ContainerEvent.Happened::kind).toList();
    }
}
