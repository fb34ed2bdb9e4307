package dev.devshell.testcontainers;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ContainerNetwork;
import dev.devshell.DevshellException;
import dev.devshell.junit.DevService;
import java.util.Map;
import java.util.TreeMap;
import org.testcontainers.containers.Network;

/** A network that is Compose's to make and to remove. */
final class ProjectNetwork implements Network {
    private final String id;

    private ProjectNetwork(String id) {
        this.id = id;
    }

    static Network of(InspectContainerResponse container, DevService service) {
        Map<String, ContainerNetwork> networks =
                new TreeMap<>(container.getNetworkSettings().getNetworks());
        ContainerNetwork found = networks.get(service.session().project() + "_default");
        if (found == null && networks.size() == 1) {
            found = networks.values().iterator().next();
        }
        if (found == null || found.getNetworkID() == null) {
            throw new DevshellException.Usage(
                    "WHICH-NETWORK",
                    "cannot tell which network of the service \"" + service.name() + "\" is meant",
                    networks.isEmpty() ? "it is in none" : "it is in " + String.join(", ", networks.keySet()),
                    "give Testcontainers the name: withNetworkMode(\"...\")");
        }
        return new ProjectNetwork(found.getNetworkID());
    }

    @Override
    public String getId() {
        return id;
    }

    /** Leaves it as it is: other containers are in it. */
    @Override
    public void close() {}
}
