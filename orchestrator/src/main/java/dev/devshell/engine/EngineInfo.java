package dev.devshell.engine;

/**
 * What an engine says of itself.
 *
 * @param address like {@code unix:///var/run/docker.sock}
 * @param host the name by which this machine reaches the ports that containers publish: {@code localhost}, or where the engine is
 * @param version of the engine, like {@code 26.1.5}
 * @param apiVersion that is spoken with it, like {@code 1.45}
 * @param architecture of the machine it runs on, like {@code amd64}
 */
public record EngineInfo(
        String address, String host, String version, String apiVersion, String os, String architecture) {
    /**
     * Returns where a port that is published on {@code address} can be reached from here: the engine's machine instead of every
     * address; {@code address@host} for one that only that machine itself reaches.
     */
    public String reach(String address) {
        if (local()) {
            return address;
        }
        boolean everywhere = address.isEmpty() || address.equals("0.0.0.0") || address.equals("::");
        boolean loopback = address.startsWith("127.") || address.equals("::1");
        return everywhere ? host : loopback ? address + "@" + host : address;
    }

    /** Returns whether the engine's machine is this one, as far as its address tells. */
    public boolean local() {
        return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("::1");
    }
}
