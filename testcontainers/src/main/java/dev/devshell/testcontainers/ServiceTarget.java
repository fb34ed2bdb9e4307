package dev.devshell.testcontainers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import dev.devshell.DevshellException;
import dev.devshell.Service;
import dev.devshell.junit.DevService;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.testcontainers.containers.Container;
import org.testcontainers.containers.ContainerState;
import org.testcontainers.containers.ExecConfig;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.WaitStrategyTarget;

/**
 * A service, by its first running container, as Testcontainers' wait strategies and tools see one.
 *
 * <pre>{@code Wait.forLogMessage(".*listening.*", 1).waitUntilReady(ServiceTarget.of(web));}</pre>
 *
 * <p>Exposed are the ports that the service publishes, and no others. Nothing is cached: a container that was made anew meanwhile is
 * the one that is looked at.
 */
public final class ServiceTarget implements WaitStrategyTarget {
    private static final Duration FLUSH = Duration.ofSeconds(60);

    private final DevService service;

    private ServiceTarget(DevService service) {
        this.service = service;
    }

    /** Returns a service as Testcontainers sees it; starts nothing. */
    public static ServiceTarget of(DevService service) {
        return new ServiceTarget(service);
    }

    /** Returns the service. */
    public DevService service() {
        return service;
    }

    @Override
    public DockerClient getDockerClient() {
        return Clients.of(service.engine());
    }

    @Override
    public String getContainerId() {
        return service.containerId();
    }

    @Override
    public InspectContainerResponse getContainerInfo() {
        return getCurrentContainerInfo();
    }

    private List<Service.Port> published() {
        return service.ports().stream()
                .filter(port -> port.host() > 0 && port.protocol().equals("tcp"))
                .toList();
    }

    /** Returns where its ports are published; {@code localhost} where none is. */
    @Override
    public String getHost() {
        return published().stream()
                .findFirst()
                .map(port -> service.host(port.container()))
                .orElse("localhost");
    }

    /** Returns the ports that are published, by their numbers in the container. */
    @Override
    public List<Integer> getExposedPorts() {
        return published().stream().map(Service.Port::container).distinct().toList();
    }

    @Override
    public Integer getMappedPort(int originalPort) {
        return service.port(originalPort);
    }

    @Override
    public List<Integer> getBoundPortNumbers() {
        return published().stream().map(Service.Port::host).distinct().toList();
    }

    @Override
    public Set<Integer> getLivenessCheckPortNumbers() {
        return getExposedPorts().stream().map(this::getMappedPort).collect(Collectors.toSet());
    }

    @Override
    public boolean isRunning() {
        try {
            return WaitStrategyTarget.super.isRunning();
        } catch (DevshellException.Failed e) {
            // There is no running container: what is asked has an answer.
            return false;
        }
    }

    /**
     * Returns what the health check says.
     *
     * @throws AssertionError where there is none; an exception would be swallowed and asked for again until the time is over
     */
    @Override
    public boolean isHealthy() {
        InspectContainerResponse.ContainerState state =
                getCurrentContainerInfo().getState();
        if (state.getHealth() == null) {
            throw new AssertionError("the service \"" + service.name() + "\" has no health check\n"
                    + "  why: its health was waited for, and will never be known\n"
                    + "  next: add a `healthcheck` to it in the Compose file, or wait for a port or a log line");
        }
        return ContainerState.STATE_HEALTHY.equals(state.getHealth().getStatus());
    }

    /** Runs a command that sees what was saved on the host; what it wrote is on the host when this returns. */
    @Override
    public Container.ExecResult execInContainer(Charset outputCharset, String... command)
            throws IOException, InterruptedException {
        return execInContainer(
                outputCharset, ExecConfig.builder().command(command).build());
    }

    /** Runs a command that sees what was saved on the host; what it wrote is on the host when this returns. */
    @Override
    public Container.ExecResult execInContainer(ExecConfig execConfig) throws IOException, InterruptedException {
        return execInContainer(StandardCharsets.UTF_8, execConfig);
    }

    /** Runs a command that sees what was saved on the host; what it wrote is on the host when this returns. */
    @Override
    public Container.ExecResult execInContainer(Charset outputCharset, ExecConfig execConfig)
            throws IOException, InterruptedException {
        service.session().sync().flush(FLUSH);
        Container.ExecResult result = WaitStrategyTarget.super.execInContainer(outputCharset, execConfig);
        service.session().sync().flush(FLUSH);
        return result;
    }

    /**
     * Returns the network that the service is in, for {@code GenericContainer.withNetwork}: the project's default one where it is in
     * several. The service is reached there by its name.
     */
    public Network network() {
        return ProjectNetwork.of(getCurrentContainerInfo(), service);
    }

    @Override
    public String toString() {
        return service.toString();
    }
}
