package dev.devshell.repl;

import dev.devshell.DevshellException;
import dev.devshell.Service;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Looks for services and their ports. */
final class Services {
    private Services() {}

    static Service named(List<Service> services, String name) {
        return services.stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new DevshellException.Usage(
                        "NO-SERVICE",
                        "there is no service '" + name + "'",
                        "the project has: "
                                + services.stream().map(Service::name).sorted().collect(Collectors.joining(", ")),
                        "devshell ps"));
    }

    /**
     * Makes sure that a service runs, for Compose's own words on one that does not are not ours.
     *
     * @throws DevshellException when there is none, or none of its containers runs
     */
    static void running(Workspace workspace, String name) {
        workspace.config().require(name);
        boolean runs = workspace.engine().containers(workspace.config().name()).stream()
                .anyMatch(container -> container.service().equals(name) && !container.oneOff() && container.running());
        if (!runs) {
            throw new DevshellException.Failed(
                    "NOT-RUNNING",
                    "the service '" + name + "' does not run",
                    "it has no running container",
                    "devshell up -d " + name);
        }
    }

    /** Returns where a port of a service can be reached. */
    static Service.Port port(Service service, int container) {
        return service.containers().stream()
                .flatMap(instance -> instance.ports().stream())
                .filter(port -> port.container() == container && port.host() > 0)
                .min(Comparator.comparing(Service.Port::hostIp))
                .orElseThrow(() -> unpublished(service, "port " + container + " of " + service.name()));
    }

    /** Returns the lowest port of a service that can be reached, which is most often where it serves pages. */
    static Service.Port firstPort(Service service) {
        return service.containers().stream()
                .flatMap(instance -> instance.ports().stream())
                .filter(port -> port.host() > 0 && port.protocol().equals("tcp"))
                .min(Comparator.comparing(Service.Port::container).thenComparing(Service.Port::hostIp))
                .orElseThrow(() -> unpublished(service, service.name()));
    }

    private static DevshellException unpublished(Service service, String what) {
        boolean runs = service.containers().stream().anyMatch(i -> !i.ports().isEmpty());
        return new DevshellException.Failed(
                "NO-PORT",
                what + " cannot be reached from here",
                runs ? "it is not published" : "the service does not run, or publishes no port",
                runs ? "add it to 'ports' of the service" : "devshell ps " + service.name());
    }
}
