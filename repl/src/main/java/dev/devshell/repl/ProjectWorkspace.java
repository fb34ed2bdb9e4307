package dev.devshell.repl;

import dev.devshell.DevSession;
import dev.devshell.Service;
import dev.devshell.compose.Compose;
import dev.devshell.compose.ComposeOptions;
import dev.devshell.compose.ComposeProject;
import dev.devshell.engine.Engine;
import dev.devshell.session.ProjectAccess;
import dev.devshell.session.ProjectPlans;
import dev.devshell.session.ProjectSession;
import dev.devshell.session.ServicePlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The project that the options name, on the engine of the environment. */
final class ProjectWorkspace implements Workspace {
    private final Launch launch;
    private final ProjectChoice choice;
    private final ProjectAccess access;
    private @Nullable DevSession session;

    ProjectWorkspace(Launch launch, ProjectChoice choice, Console console) {
        this.launch = launch;
        this.choice = choice;
        this.access = new ProjectAccess(options(launch, choice));
    }

    private static ComposeOptions options(Launch launch, ProjectChoice choice) {
        return new ComposeOptions(
                launch.workingDirectory(),
                choice.files().stream().map(Path::of).toList(),
                Optional.ofNullable(choice.name()),
                Optional.ofNullable(choice.directory()),
                choice.profiles(),
                choice.envFiles().stream().map(Path::of).toList(),
                launch.env());
    }

    @Override
    public Path workingDirectory() {
        return launch.workingDirectory();
    }

    @Override
    public Compose compose() {
        return access.compose();
    }

    @Override
    public ComposeProject config() {
        return access.config();
    }

    @Override
    public Engine engine() {
        return access.engine();
    }

    @Override
    public Path stateDirectory() {
        return access.place().state();
    }

    @Override
    public synchronized Optional<DevSession> session() {
        if (session instanceof ProjectSession own && own.isEnded()) {
            own.close();
            session = null;
        }
        if (!(session instanceof ProjectSession)) {
            session = access.find().orElse(null);
        }
        return Optional.ofNullable(session);
    }

    @Override
    public synchronized DevSession begin() {
        session = access.begin();
        return session;
    }

    @Override
    public synchronized DevSession beginInBackground(boolean debug) {
        // An engine that does not answer is told here, not in a log.
        engine();
        session = new BackgroundStart(access.place()).start(choice, launch, debug);
        return session;
    }

    @Override
    public List<Service> services() {
        return access.services();
    }

    @Override
    public List<ServicePlan> plans(List<String> services) {
        return new ProjectPlans(compose(), this::engine, config()).all(services);
    }

    @Override
    public synchronized void close() {
        if (session != null) {
            session.close();
        }
        access.close();
    }
}
