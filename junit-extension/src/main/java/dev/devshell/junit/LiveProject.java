package dev.devshell.junit;

import dev.devshell.DevSession;
import dev.devshell.Service;
import dev.devshell.Service.Condition;
import dev.devshell.UpOptions;
import dev.devshell.compose.ComposeProject;
import dev.devshell.compose.LogLine;
import dev.devshell.compose.LogOptions;
import dev.devshell.engine.Container;
import dev.devshell.engine.ContainerEvent;
import dev.devshell.session.ProjectAccess;
import dev.devshell.session.ProjectSession;
import java.io.Closeable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A project on an engine, with its session in this process or another. */
final class LiveProject implements OpenProject {
    private static final Logger LOG = LoggerFactory.getLogger(LiveProject.class);
    private static final Set<Condition> UP =
            EnumSet.of(Condition.RUNNING, Condition.HEALTHY, Condition.STARTING, Condition.UNHEALTHY);

    private final ProjectAccess access;
    private final DevSession session;
    private final Takedown takedown;
    private final Guests guests;

    LiveProject(ProjectAccess access, DevSession session, Takedown takedown, Guests guests) {
        this.access = access;
        this.session = session;
        this.takedown = takedown;
        this.guests = guests;
    }

    @Override
    public DevSession session() {
        return session;
    }

    @Override
    public Path directory() {
        return access.config().directory();
    }

    @Override
    public Set<String> withDependencies(Collection<String> services) {
        return access.config().withDependencies(services);
    }

    @Override
    public void up(List<String> services, Duration timeout) {
        Set<String> needed = withDependencies(services);
        List<String> missing = missing(needed);
        boolean own = session instanceof ProjectSession;
        // Somebody else's session is left as it is where all runs: nothing is built, nothing made anew.
        if (!own && missing.isEmpty()) {
            return;
        }
        LOG.info("booting {}", access.config().name());
        takedown.starting(own ? needed : missing);
        session.up(new UpOptions(own ? services : missing, true, false, Map.of(), timeout), LOG::debug);
    }

    private List<String> missing(Set<String> needed) {
        ComposeProject project = access.config();
        return session.services().stream()
                .filter(service -> needed.contains(service.name()) && !isUp(service, project))
                .map(Service::name)
                .toList();
    }

    private static boolean isUp(Service service, ComposeProject project) {
        Condition condition = service.condition();
        return UP.contains(condition) || (condition == Condition.EXITED && isOneShot(service.name(), project));
    }

    private static boolean isOneShot(String name, ComposeProject project) {
        return project.services().values().stream()
                .flatMap(service -> service.dependsOn().stream())
                .anyMatch(dependency -> dependency.service().equals(name)
                        && dependency.condition().equals("service_completed_successfully"));
    }

    @Override
    public ExecResult exec(String containerId, List<String> command) {
        return new ContainerCommand(access.engine(), containerId).run(command);
    }

    @Override
    public void logs(LogOptions options, Consumer<LogLine> lines) {
        access.compose().logs(options, lines);
    }

    @Override
    public List<Container> containers() {
        return access.engine().containers(access.config().name());
    }

    @Override
    public Closeable events(Consumer<ContainerEvent> consumer) {
        return access.engine().events(access.config().name(), consumer);
    }

    @Override
    public URI engine() {
        return URI.create(access.engine().info().address());
    }

    @Override
    public void close() {
        try {
            if (session instanceof ProjectSession) {
                guests.afterTheOthers(this::end);
            } else {
                end();
            }
        } finally {
            guests.close();
            access.close();
        }
    }

    private void end() {
        try {
            session.close();
        } finally {
            takedown.run();
        }
    }
}
