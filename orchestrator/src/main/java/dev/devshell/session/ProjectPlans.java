package dev.devshell.session;

import dev.devshell.compose.Compose;
import dev.devshell.compose.ComposeProject;
import dev.devshell.compose.ComposeService;
import dev.devshell.engine.Container;
import dev.devshell.engine.Engine;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The plans of a project's services, always of the files as they are now.
 *
 * <p>The Compose file is read again when a container comes that another configuration made; the Dockerfile and the ignore files
 * each time.
 */
public final class ProjectPlans implements Plans {
    private final Compose compose;
    private final Supplier<Engine> engine;
    private final Map<String, String> configurations = new HashMap<>();
    private volatile ComposeProject project;

    public ProjectPlans(Compose compose, Supplier<Engine> engine, ComposeProject project) {
        this.compose = compose;
        this.engine = engine;
        this.project = project;
    }

    ComposeProject project() {
        return project;
    }

    /** Reads the Compose file again; with every profile where the active ones do not hold these services. */
    ComposeProject reload(Collection<String> services) {
        ComposeProject active = compose.config();
        boolean enough = services.stream().allMatch(name -> active.service(name).isPresent());
        project = enough ? active : everyProfile();
        return project;
    }

    private ComposeProject everyProfile() {
        return new Compose(compose.options().withProfiles(List.of("*"))).config();
    }

    /**
     * Returns the plans of services, looking for what would keep them from being synced before anything is built or started.
     *
     * @throws dev.devshell.DevshellException of the first that cannot be
     */
    Map<String, ServicePlan> check(Collection<String> services) {
        Map<String, ServicePlan> checked = new LinkedHashMap<>();
        services.forEach(name -> checked.put(name, plan(project.require(name), Optional.empty())));
        return checked;
    }

    /** Returns the plans of services as far as they can be known without a container; of all that have one, if none is named. */
    public List<ServicePlan> all(List<String> services) {
        if (services.isEmpty()) {
            return project.services().values().stream()
                    .map(service -> plan(service, Optional.empty()))
                    .filter(plan ->
                            !plan.dockerfile().isEmpty() || !plan.mappings().isEmpty())
                    .toList();
        }
        return services.stream()
                .map(name -> plan(project.require(name), Optional.empty()))
                .toList();
    }

    @Override
    public Optional<ServicePlan> of(Container container) {
        Optional<ComposeService> service = current(container);
        return service.map(found -> plan(found, Optional.of(container)))
                .filter(plan -> !plan.mappings().isEmpty());
    }

    private synchronized Optional<ComposeService> current(Container container) {
        String hash = container.compose().configHash();
        String known = configurations.put(container.service(), hash);
        if ((known != null && !known.equals(hash))
                || project.service(container.service()).isEmpty()) {
            reload(List.of(container.service()));
        }
        return project.service(container.service());
    }

    private ServicePlan plan(ComposeService service, Optional<Container> container) {
        return new PlanBuilder(engine, project, service).build(container);
    }
}
