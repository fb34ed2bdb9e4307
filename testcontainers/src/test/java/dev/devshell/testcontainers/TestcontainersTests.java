package dev.devshell.testcontainers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devshell.DevshellException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** Testcontainers' own extension starts the project; its strategies wait for services. */
@Tag("engine")
@ExtendWith(TestDirectory.class)
@Testcontainers
class TestcontainersTests {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path root;

    @Container
    private static final StartableProject PROJECT = new StartableProject(PageProject.in(TestDirectory.PATH));

    @AfterAll
    static void startedNoRyuk() {
        assertThat(System.getenv("TESTCONTAINERS_RYUK_DISABLED")).isNull();
        assertThat(PageProject.docker("ps", "-a", "--format", "{{.Names}}").lines())
                .noneMatch(name -> name.startsWith("testcontainers-ryuk"));
    }

    private static ServiceTarget web() {
        return PROJECT.target("web");
    }

    @Test
    void waitsForAPort() {
        Wait.forListeningPort().withStartupTimeout(LONG).waitUntilReady(web());
        Wait.forListeningPorts(3000).withStartupTimeout(LONG).waitUntilReady(web());
    }

    @Test
    void doesNotTakeDockersProxyForAPortThatIsOpen() {
        assertThatThrownBy(() -> Wait.forListeningPorts(3001)
                        .withStartupTimeout(Duration.ofSeconds(3))
                        .waitUntilReady(PROJECT.target("bare")))
                .isInstanceOf(ContainerLaunchException.class);
    }

    @Test
    void namesThePortsThatArePublished() {
        assertThatThrownBy(() -> Wait.forListeningPorts(9999).waitUntilReady(web()))
                .hasMessageContaining("does not publish the port 9999")
                .hasMessageContaining("it publishes 3000");
    }

    @Test
    void waitsForALogMessage() {
        Wait.forLogMessage(".*listening.*", 1).withStartupTimeout(LONG).waitUntilReady(web());
        assertThatThrownBy(() -> Wait.forLogMessage(".*never said.*", 1)
                        .withStartupTimeout(Duration.ofSeconds(1))
                        .waitUntilReady(web()))
                .isInstanceOf(ContainerLaunchException.class);
        assertThat(web().getLogs()).contains("listening");
    }

    @Test
    void waitsForHealthAndForAPage() {
        Wait.forHealthcheck().withStartupTimeout(LONG).waitUntilReady(web());
        Wait.forHttp("/").forPort(3000).withStartupTimeout(LONG).waitUntilReady(web());
        assertThat(web().isHealthy()).isTrue();
    }

    @Test
    void tellsAtOnceThatThereIsNoHealthCheckToWaitFor() {
        long begun = System.nanoTime();

        assertThatThrownBy(() -> Wait.forHealthcheck().withStartupTimeout(LONG).waitUntilReady(PROJECT.target("bare")))
                .hasStackTraceContaining("\"bare\" has no health check")
                .hasStackTraceContaining("next:");

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LONG.dividedBy(2));
    }

    @Test
    void knowsPublishedPortsOnly() {
        assertThat(web().getExposedPorts()).containsExactly(3000);
        assertThat(web().getFirstMappedPort()).isEqualTo(PROJECT.service("web").port(3000));
        assertThat(web().getHost()).isEqualTo("127.0.0.1");
        assertThat(web().getContainerId()).hasSize(64);
        assertThat(web().isRunning()).isTrue();
        assertThat(PROJECT.target("bare").getExposedPorts()).containsExactly(3001);
    }

    @Test
    void runsCommandsBetweenTwoFlushes() throws Exception {
        Path page = PROJECT.service("web").file("page.txt");
        Files.writeString(page, "two");

        assertThat(web().execInContainer("cat", "/srv/page.txt").getStdout()).isEqualTo("two");
        web().execInContainer("sh", "-c", "printf three > /srv/page.txt");

        assertThat(page).hasContent("three");
    }

    @Test
    void letsOtherContainersIntoTheProjectsNetwork() {
        Network network = web().network();

        String answer = PageProject.docker(
                "run",
                "--rm",
                "--network",
                network.getId(),
                "debian:trixie-slim",
                "perl",
                "-MIO::Socket::INET",
                "-e",
                "my $s = IO::Socket::INET->new(PeerAddr => 'web:3000') or die; print $s \"GET / HTTP/1.0\\r\\n\\r\\n\"; print <$s>;");
        network.close();

        assertThat(answer).contains("HTTP/1.1 200 OK");
        assertThat(web().network().getId()).isEqualTo(network.getId());
    }

    @Test
    void saysThatItHasNotBeenStarted() {
        StartableProject never = new StartableProject(PageProject.in(root));

        assertThatThrownBy(never::session)
                .isInstanceOf(DevshellException.Usage.class)
                .hasMessageContaining("next:");
        never.stop();
    }

    @Test
    void takesDownWhatItStarted() {
        // Its own name, so that the other one is left alone.
        StartableProject fresh = new StartableProject(
                PageProject.in(root).mode(dev.devshell.junit.Mode.FRESH).services("web"));

        fresh.start();
        fresh.start();
        String project = fresh.session().project();
        assertThat(fresh.target("web").isRunning()).isTrue();
        fresh.stop();

        assertThat(PageProject.docker("ps", "-aq", "--filter", "label=com.docker.compose.project=" + project))
                .isEmpty();
    }
}
