package dev.devshell;

import java.nio.file.Path;
import java.util.List;

/**
 * Files of the host that changed together.
 *
 * @param paths absolute; a file that was deleted counts as changed
 * @param services those whose containers at least one of the paths goes to, by name
 * @param byContainer whether the sync wrote them, because a container had changed them
 * @param millis when this was seen, as {@link System#currentTimeMillis()}
 */
public record Change(List<Path> paths, List<String> services, boolean byContainer, long millis) {
    public Change {
        paths = List.copyOf(paths);
        services = List.copyOf(services);
    }
}
