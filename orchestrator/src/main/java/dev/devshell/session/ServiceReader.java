package dev.devshell.session;

import dev.devshell.Service;
import dev.devshell.Service.Condition;
import dev.devshell.compose.ComposeProject;
import dev.devshell.compose.ComposeService;
import dev.devshell.engine.Container;
import dev.devshell.engine.EngineInfo;
import dev.devshell.engine.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts together what the Compose file says of the services and what the engine says of their containers. */
public final class ServiceReader {
    private final ComposeProject project;
    private final EngineInfo engine;

    public ServiceReader(ComposeProject project, EngineInfo engine) {
        this.project = project;
        this.engine = engine;
    }

    /** Returns the services, those that need attention first. */
    public List<Service> read(List<Container> containers) {
        Map<String, List<Service.Instance>> instances = new HashMap<>();
        for (Container container : containers) {
            instances
                    .computeIfAbsent(container.service(), name -> new ArrayList<>())
                    .add(instance(container));
        }
        Map<String, Condition> conditions = new HashMap<>();
        instances.forEach((name, list) -> conditions.put(name, new Service(name, list, List.of()).condition()));
        List<Service> services = new ArrayList<>();
        for (ComposeService service : project.services().values()) {
            List<Service.Instance> own = new ArrayList<>(instances.getOrDefault(service.name(), List.of()));
            own.sort(Comparator.comparing(Service.Instance::oneOff).thenComparing(Service.Instance::number));
            services.add(new Service(service.name(), own, waitsFor(service, conditions)));
        }
        services.sort(Comparator.comparing(Service::condition));
        return services;
    }

    private Service.Instance instance(Container container) {
        RunState run = container.run();
        return new Service.Instance(
                container.id(),
                container.name(),
                container.number(),
                container.oneOff(),
                condition(run),
                run.exitCode(),
                run.startedAt().map(Instant::toString).orElse(""),
                container.ports().stream()
                        .map(port -> new Service.Port(
                                port.container(), port.protocol(), engine.reach(port.hostIp()), port.host()))
                        .toList(),
                detail(run));
    }

    static Condition condition(RunState run) {
        return switch (run.status()) {
            case CREATED -> Condition.CREATED;
            case PAUSED -> Condition.PAUSED;
            case RESTARTING -> Condition.RESTARTING;
            case REMOVING, DEAD -> Condition.FAILED;
            // 128 and a signal's number: it was asked to end, by TERM, INT or KILL.
            case EXITED ->
                run.exitCode() == 0 || (isAsked(run.exitCode()) && !run.oomKilled())
                        ? Condition.EXITED
                        : Condition.FAILED;
            case RUNNING ->
                switch (run.health()) {
                    case NONE -> Condition.RUNNING;
                    case STARTING -> Condition.STARTING;
                    case HEALTHY -> Condition.HEALTHY;
                    case UNHEALTHY -> Condition.UNHEALTHY;
                };
        };
    }

    private static boolean isAsked(int exitCode) {
        return exitCode == 130 || exitCode == 137 || exitCode == 143;
    }

    private static String detail(RunState run) {
        if (run.status() == RunState.Status.EXITED || run.status() == RunState.Status.RESTARTING) {
            String end = run.oomKilled() ? "out of memory" : "exit code " + run.exitCode();
            return run.restartCount() > 0 ? end + ", restarted " + run.restartCount() + " times" : end;
        }
        boolean sick = condition(run) == Condition.UNHEALTHY;
        return sick
                ? run.healthOutput()
                        .strip()
                        .lines()
                        .reduce((first, last) -> last)
                        .orElse("")
                : "";
    }

    private static List<String> waitsFor(ComposeService service, Map<String, Condition> conditions) {
        return service.dependsOn().stream()
                .flatMap(dependency -> missing(dependency, conditions).stream())
                .toList();
    }

    private static Optional<String> missing(ComposeService.Dependency dependency, Map<String, Condition> conditions) {
        Condition now = conditions.getOrDefault(dependency.service(), Condition.ABSENT);
        return switch (dependency.condition()) {
            case "service_healthy" ->
                now == Condition.HEALTHY ? Optional.empty() : Optional.of(dependency.service() + " to be healthy");
            case "service_completed_successfully" ->
                now == Condition.EXITED ? Optional.empty() : Optional.of(dependency.service() + " to end well");
            default ->
                now == Condition.RUNNING || now == Condition.HEALTHY || now == Condition.STARTING
                        ? Optional.empty()
                        : Optional.of(dependency.service() + " to start");
        };
    }
}
