package dev.devshell.session;

import dev.devshell.engine.Container;
import java.util.Optional;

/** Says what maps where in a container. */
@FunctionalInterface
interface Plans {
    /**
     * Returns the container's plan, or nothing where nothing of it is to be synced.
     *
     * @throws dev.devshell.DevshellException when it cannot be told, a Dockerfile that does not parse being the usual case
     */
    Optional<ServicePlan> of(Container container);
}
