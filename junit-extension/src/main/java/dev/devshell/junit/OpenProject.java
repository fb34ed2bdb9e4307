package dev.devshell.junit;

import dev.devshell.DevSession;
import dev.devshell.compose.LogLine;
import dev.devshell.compose.LogOptions;
import dev.devshell.engine.Container;
import dev.devshell.engine.ContainerEvent;
import java.io.Closeable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A project with a session, and what of it tests need besides. May be used from any thread. */
interface OpenProject extends AutoCloseable {
    DevSession session();

    /** Returns the directory that its relative paths are meant from. */
    Path directory();

    /**
     * Returns the names of services and of all that they depend on; of every service where none is named.
     *
     * @throws dev.devshell.DevshellException.Usage {@code UNKNOWN-SERVICE}
     */
    Set<String> withDependencies(Collection<String> services);

    /** Boots what of these services does not run yet. */
    void up(List<String> services, Duration timeout);

    /** Runs a command without input, to its end. */
    ExecResult exec(String containerId, List<String> command);

    /** Passes on log lines, from another thread, until there are no more or this thread is interrupted. */
    void logs(LogOptions options, Consumer<LogLine> lines);

    /** Returns its containers as they are now. */
    List<Container> containers();

    /** Tells what happens to its containers, from another thread, until the result is closed. */
    Closeable events(Consumer<ContainerEvent> consumer);

    /** Returns the address of its engine. */
    URI engine();

    /** Lets go of the session, and takes down what was started here and nothing else. */
    @Override
    void close();
}
