package dev.devshell.engine;

import java.util.List;
import java.util.Map;

/**
 * A container at the moment it was looked at.
 *
 * @param id 64 hexadecimal digits
 * @param imageId the image it was made from, like {@code sha256:…}
 * @param architecture of that image, in Go's words: {@code amd64}, {@code arm64}
 * @param user that its first process runs as, as configured; empty is root
 * @param workingDir of its first process; empty is {@code /}
 * @param labels all of them
 */
public record Container(
        String id,
        String name,
        ComposeLabels compose,
        RunState run,
        String imageId,
        String architecture,
        String user,
        String workingDir,
        boolean readOnlyRoot,
        List<Port> ports,
        List<Mount> mounts,
        Map<String, String> labels) {
    public Container {
        ports = List.copyOf(ports);
        mounts = List.copyOf(mounts);
        labels = Map.copyOf(labels);
    }

    public String service() {
        return compose.service();
    }

    public int number() {
        return compose.number();
    }

    public boolean oneOff() {
        return compose.oneOff();
    }

    public boolean running() {
        return run.status() == RunState.Status.RUNNING;
    }

    /** A port of the container that the engine's machine listens on. */
    public record Port(int container, String protocol, String hostIp, int host) {}

    /**
     * Something that is mounted over the container's own files.
     *
     * @param source on the engine's machine; empty where that says nothing
     */
    public record Mount(String destination, MountType type, String source, boolean readOnly) {}

    /** What a mount is made of. */
    public enum MountType {
        BIND,
        VOLUME,
        TMPFS,
        /** The engine's own: {@code /proc}, {@code /dev}, {@code /etc/hosts} and their like. */
        ENGINE,
        OTHER
    }
}
