package dev.devshell.compose;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A project as Compose reads it: merged, interpolated, paths absolute; only what devshell needs of it.
 *
 * @param directory the project's; absolute
 * @param files it was read from
 * @param services those of the active profiles, in Compose's order
 */
public record ComposeProject(
        String name, Path directory, List<Path> files, Map<String, ComposeService> services, SyncSettings sync) {
    public ComposeProject {
        files = List.copyOf(files);
        services = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(services));
    }

    /** Returns a service, or nothing where the project has none of that name. */
    public Optional<ComposeService> service(String service) {
        return Optional.ofNullable(services.get(service));
    }

    /** Returns what applies to a service: its own settings over the project's. */
    public SyncSettings syncOf(ComposeService service) {
        return service.sync().over(sync);
    }

    /**
     * Returns the names of these services and of all that they depend on; of every service where none is named.
     *
     * @throws dev.devshell.DevshellException.Usage {@code UNKNOWN-SERVICE} for a name that the project does not have
     */
    public Set<String> withDependencies(Collection<String> names) {
        names.forEach(this::require);
        Deque<String> open = new ArrayDeque<>(names.isEmpty() ? services.keySet() : names);
        Set<String> all = new LinkedHashSet<>();
        while (!open.isEmpty()) {
            String name = open.removeFirst();
            ComposeService service = services.get(name);
            if (service != null && all.add(name)) {
                service.dependsOn().forEach(dependency -> open.add(dependency.service()));
            }
        }
        return all;
    }

    /**
     * Returns a service.
     *
     * @throws dev.devshell.DevshellException.Usage {@code UNKNOWN-SERVICE} where the project has none of that name
     */
    public ComposeService require(String service) {
        return service(service).orElseThrow(() -> UnknownService.named(service, services.keySet()));
    }
}
