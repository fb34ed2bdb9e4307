package dev.devshell;

import java.util.Comparator;
import java.util.List;

/**
 * One service of a project at the moment it was looked at.
 *
 * @param containers its replicas by number, then one-off ones; empty when it was never started
 * @param waitsFor what has to come first, like {@code db to be healthy}; empty when nothing has
 */
public record Service(String name, List<Instance> containers, List<String> waitsFor) {
    public Service {
        containers = List.copyOf(containers);
        waitsFor = List.copyOf(waitsFor);
    }

    /** Returns the state of its worst container; {@link Condition#ABSENT} without one. */
    public Condition condition() {
        return containers.stream()
                .filter(instance -> !instance.oneOff())
                .map(Instance::condition)
                .min(Comparator.naturalOrder())
                .orElse(Condition.ABSENT);
    }

    /** How a container does; the worst comes first. */
    public enum Condition {
        UNHEALTHY,
        /** It ended with an error, or cannot be started. */
        FAILED,
        RESTARTING,
        STARTING,
        PAUSED,
        /** There is no container. */
        ABSENT,
        CREATED,
        /** It ended with 0, or was stopped. */
        EXITED,
        RUNNING,
        HEALTHY
    }

    /**
     * One container of a service.
     *
     * @param exitCode of its last end; 0 before the first
     * @param since ISO-8601 instant of its last start; may be empty
     * @param detail what a person should know, such as the last output of its health check; may be empty
     */
    public record Instance(
            String containerId,
            String name,
            int number,
            boolean oneOff,
            Condition condition,
            int exitCode,
            String since,
            List<Port> ports,
            String detail) {
        public Instance {
            ports = List.copyOf(ports);
        }
    }

    /**
     * A port of a container and where the engine's machine listens for it.
     *
     * @param hostIp as the engine says it, where the engine is on this machine; else the name of the engine's machine, and {@code
     *     127.0.0.1@name} for a port that can be reached only there
     */
    public record Port(int container, String protocol, String hostIp, int host) {}
}
