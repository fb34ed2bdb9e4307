package dev.devshell.junit;

import dev.devshell.DevSession;
import dev.devshell.Service;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A service of the project, in the hands of a test; {@link Service} is what it looks like at one moment.
 *
 * <p>Injected where a parameter or a field asks for it, with {@link ForService} where the project has more than one. Every method
 * may be called from any thread. What cannot be done is a {@link dev.devshell.DevshellException} with its reason and a way out.
 */
public interface DevService {
    /** Returns its name in the Compose file. */
    String name();

    /** Returns the session that it is of. */
    DevSession session();

    /** Returns how it is now, with its containers and their ports. */
    Service state();

    /**
     * Returns its first running container.
     *
     * @throws dev.devshell.DevshellException.Failed {@code NOT-RUNNING} without one
     */
    Service.Instance container();

    /** Returns the id of {@link #container()}: 64 hexadecimal digits. */
    default String containerId() {
        return container().containerId();
    }

    /** Returns the name or address at which this machine reaches a published port, like {@code localhost}. */
    String host(int port);

    /**
     * Returns the number at which this machine reaches a published port of its first container.
     *
     * @param port the number in the container
     * @throws dev.devshell.DevshellException.Usage {@code PORT-NOT-PUBLISHED}, naming those that are
     */
    int port(int port);

    /** Returns {@code http://host:port} of a published port, without a path. */
    URI url(int port);

    /** Returns the address of a page behind a published port; {@code path} begins with a slash. */
    default URI url(int port, String path) {
        return URI.create(url(port) + path);
    }

    /**
     * Runs a command in its first container, without input; no shell reads it.
     *
     * <p>It sees what was saved on the host before it, and what it wrote is on the host when this returns.
     */
    ExecResult exec(String... command);

    /** Returns what its containers have logged so far, line by line. */
    String logs();

    /** Returns what its containers have logged since then, line by line. */
    String logs(Instant since);

    /**
     * Writes a file of the host, as an editor does; put back after the test unless {@link Edit#keep()} says otherwise.
     *
     * <p>Does not wait: {@link #awaitSynced()} does.
     *
     * @param path relative to the project's directory, or absolute
     */
    Edit edit(String path, String text);

    /**
     * Returns a file of the host.
     *
     * @param path relative to the project's directory, or absolute
     */
    Path file(String path);

    /**
     * Waits until everything that was saved so far is in the containers and this service has settled; at most as long as the barrier
     * before each test may take.
     *
     * @throws dev.devshell.DevshellException.Failed naming the files that are behind
     */
    void awaitSynced();

    /** Waits at most so long. */
    void awaitSynced(Duration timeout);

    /** Returns whether nothing is on its way to or from any of its containers; a condition for Awaitility. */
    boolean isSynced();

    /** Returns the address of the engine that its containers are on, like {@code unix:///var/run/docker.sock}. */
    URI engine();

    /** Returns the ports that it publishes, by their numbers in its first container. */
    default List<Service.Port> ports() {
        return container().ports();
    }
}
