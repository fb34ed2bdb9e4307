package dev.devshell.repl;

import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import dev.devshell.Service;
import dev.devshell.compose.Compose;
import dev.devshell.compose.ComposeProject;
import dev.devshell.engine.Engine;
import dev.devshell.session.ServicePlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The project that the commands work on; nothing is asked of Compose or the engine before it is needed. */
interface Workspace extends AutoCloseable {
    /** Returns the directory that relative paths of a person are meant from. */
    Path workingDirectory();

    /** Returns Compose on the project. */
    Compose compose();

    /** Returns the project as Compose reads it. */
    ComposeProject config();

    /** Returns the engine that the project's containers are on. */
    Engine engine();

    /** Returns where what is worth keeping of the project between runs of devshell is kept. */
    Path stateDirectory();

    /** Returns the live session of the project, wherever it lives. */
    Optional<DevSession> session();

    /**
     * Returns the live session.
     *
     * @throws DevshellException.Failed {@code NO-SESSION} without one
     */
    default DevSession demandSession() {
        return session()
                .orElseThrow(() -> new DevshellException.Failed(
                        "NO-SESSION",
                        "the project is not running under devshell",
                        "no session of it was found",
                        "devshell up -d"));
    }

    /** Begins a session in this process, and returns it or the one that another process has begun meanwhile. */
    DevSession begin();

    /**
     * Begins a session in a process of its own, which outlives this one.
     *
     * @param debug whether its log says everything
     */
    DevSession beginInBackground(boolean debug);

    /** Returns the services as they are now, those that need attention first. */
    List<Service> services();

    /** Returns what maps where, without touching anything; of all services where none is named. */
    List<ServicePlan> plans(List<String> services);

    @Override
    void close();
}
