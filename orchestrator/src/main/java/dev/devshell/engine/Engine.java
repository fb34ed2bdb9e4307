package dev.devshell.engine;

import dev.devshell.DevshellException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A container engine that answers.
 *
 * <p>Every method may be called from any thread. Besides what each one names, all of them throw {@link
 * DevshellException.EngineUnreachable} when the engine is gone, {@link DevshellException.Interrupted} when the calling thread
 * is interrupted, and {@link DevshellException.Failed} with {@code NO-CONTAINER}, {@code CONTAINER-NOT-RUNNING} or {@code
 * ENGINE-REFUSED} when the engine says no.
 */
public interface Engine extends AutoCloseable {
    /**
     * Connects to the engine that the docker CLI would use in this environment: {@code DOCKER_HOST}, else {@code
     * DOCKER_CONTEXT}, else the current context of the CLI's configuration, else the default socket.
     *
     * @throws DevshellException.EngineUnreachable with all that was tried
     */
    static Engine connect(Map<String, String> env) {
        return DockerEngine.connect(EngineAddress.resolve(env), env);
    }

    /** Returns what the engine says of itself. */
    EngineInfo info();

    /**
     * Returns the containers of a Compose project, running or not, one-off ones included, by service and number. They are
     * found by their labels, never by name.
     */
    List<Container> containers(String project);

    /** Returns the container with this id, or nothing when it is gone. */
    Optional<Container> container(String id);

    /** Returns what is known of an image, or nothing when the engine does not have it. */
    Optional<ImageFacts> image(String nameOrId);

    /**
     * Tells {@code consumer} what happens to the containers of a project until the result is closed.
     *
     * <p>Each time the stream is up, first of all when this returns, it says {@link ContainerEvent.Resync}: list the
     * containers anew, events may have been missed. When the stream breaks it says {@link ContainerEvent.Lost} once and
     * connects again, after 100 ms at first and at most 5 s. The consumer is called from one thread.
     */
    Closeable events(String project, Consumer<ContainerEvent> consumer);

    /**
     * Writes a file into a container, owned by its root. Needs nothing in the container, which may be stopped.
     *
     * @param directory absolute; created with mode 0755, owned by root, where it is missing
     * @param mode of the file, like 0755
     * @throws DevshellException.Failed {@code CONTAINER-READ-ONLY} where the container's root cannot be written
     */
    void upload(String containerId, String directory, String fileName, byte[] content, int mode);

    /**
     * Begins to write a file of a known size into a container, owned by its root and with mode 0600, while its content is being
     * read. Until it is complete the engine does nothing else with the container: no exec begins, and a stop waits.
     *
     * @param directory absolute, and there
     * @return nothing where the engine is on another machine, for a line that is slow would keep the container to itself
     * @throws IOException when the engine cannot be reached
     */
    Optional<FileUpload> upload(String containerId, String directory, String fileName, long size) throws IOException;

    /** Returns a path of a container as a tar stream; the caller closes it. */
    InputStream download(String containerId, String path);

    /**
     * Opens what a container wrote, as far as the engine still has it; the caller closes it.
     *
     * @throws DevshellException.Failed {@code ENGINE-REFUSED} also where the container's log driver cannot be read
     */
    LogReader logs(String containerId, LogRange range);

    /** Returns what differs in a container from its image. */
    List<FileChange> diff(String containerId);

    /**
     * Starts a command in a running container.
     *
     * <p>A command that cannot be started makes itself known as text on the standard output and exit code 126 or 127: that
     * is how the engine reports it.
     *
     * @param stderr takes the lines of the standard error, from the thread that reads (or one of its own)
     */
    ExecStream exec(String containerId, ExecSpec spec, Consumer<String> stderr);

    /** Closes the connection; open streams and event subscriptions are closed by whoever opened them. */
    @Override
    void close();
}
