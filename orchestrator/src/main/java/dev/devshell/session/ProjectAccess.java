package dev.devshell.session;

import dev.devshell.DevSession;
import dev.devshell.Service;
import dev.devshell.compose.Compose;
import dev.devshell.compose.ComposeOptions;
import dev.devshell.compose.ComposeProject;
import dev.devshell.engine.Engine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A project as options name it, and the way into its session; every door of devshell goes through here.
 *
 * <p>Nothing is asked of Compose or the engine before it is needed, and of each only once. May be used from any thread. Closing
 * lets go of the engine, not of a session.
 */
public final class ProjectAccess implements AutoCloseable {
    private final Compose compose;
    private @Nullable ComposeProject config;
    private @Nullable Engine engine;

    public ProjectAccess(ComposeOptions options) {
        this.compose = new Compose(options);
    }

    /** Returns Compose on the project. */
    public Compose compose() {
        return compose;
    }

    /** Returns the project as Compose reads it. */
    public synchronized ComposeProject config() {
        if (config == null) {
            config = compose.config();
        }
        return config;
    }

    /** Returns the engine that the project's containers are on. */
    public synchronized Engine engine() {
        if (engine == null) {
            engine = Engine.connect(environment());
        }
        return engine;
    }

    /** Returns where the project's session keeps its things. */
    public SessionPlace place() {
        return SessionPlace.of(config().directory(), config().name(), environment());
    }

    /** Returns the live session of another process, or nothing when there is none. */
    public Optional<DevSession> find() {
        return SessionClient.find(place()).map(DevSession.class::cast);
    }

    /** Begins a session in this process, and returns it or the one that another process has begun meanwhile. */
    public DevSession begin() {
        Engine own = Engine.connect(environment());
        Optional<ProjectSession> begun;
        try {
            begun = ProjectSession.begin(compose, own, config(), environment(), false);
        } catch (RuntimeException e) {
            own.close();
            throw e;
        }
        if (begun.isEmpty()) {
            own.close();
            return SessionClient.await(place());
        }
        return begun.get();
    }

    /** Returns the services as they are now, those that need attention first; needs no session. */
    public List<Service> services() {
        return new ServiceReader(config(), engine().info()).read(engine().containers(config().name()));
    }

    private Map<String, String> environment() {
        return compose.options().environment();
    }

    @Override
    public synchronized void close() {
        if (engine != null) {
            engine.close();
            engine = null;
        }
    }
}
