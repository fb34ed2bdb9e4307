package dev.devshell;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * A project that runs with its code in sync, in this process or in another one.
 *
 * <p>Every method may be called from any thread; what changes the project's life does so one after the other.
 */
public interface DevSession extends AutoCloseable {
    /** Returns the name of the Compose project. */
    String project();

    /** Returns the directory that the project was read from. */
    Path directory();

    /** Returns the services as they are now, those that need attention first. */
    List<Service> services();

    /** Returns the sync of the project's code. */
    Sync sync();

    /**
     * Boots the project, or what is missing of it; returns when every service is healthy and its replicas have caught up.
     *
     * @throws DevshellException.Unhealthy when a service does not become healthy; the rest stays up
     */
    void up(UpOptions options, Progress progress);

    /** Builds the images of services anew and replaces their containers; all services without a name. */
    void rebuild(List<String> services, Progress progress);

    /** Restarts the containers of services; all services without a name. */
    void restart(List<String> services, Progress progress);

    /**
     * Tells {@code listener} what stands and what happens, from this thread, until the session ends.
     *
     * @throws DevshellException.Interrupted when this thread is interrupted
     */
    void follow(Consumer<Notice> listener);

    /** Returns how many follow it now, in any process: every terminal that is on it does. */
    int followers();

    /**
     * Tells {@code listener} which synced files of the host change, from this thread, until the session ends. A change is
     * told when it is seen, which is before it has arrived in the containers: {@link Sync#flush} waits for that.
     *
     * <p>The first call is a change without paths: from then on, nothing is missed.
     *
     * @throws DevshellException.Interrupted when this thread is interrupted
     */
    void changes(Consumer<Change> listener);

    /**
     * Returns what the session has kept of what services wrote, of all without a name, in the order of time: the last lines of each, whether the
     * containers that wrote them are still there or not.
     */
    default List<LogEntry> keptLogs(List<String> services) {
        return List.of();
    }

    /** Ends the session wherever it lives, after what was on its way has arrived; the containers stay. */
    void end();

    /** Lets go of the session: one in another process goes on, one in this process ends. */
    @Override
    void close();
}
