package dev.devshell.engine;

/**
 * What an engine says of itself.
 *
 * @param address like {@code unix:///var/run/docker.sock}
 * @param version of the engine, like {@code 26.1.5}
 * @param apiVersion that is spoken with it, like {@code 1.45}
 * @param architecture of the machine it runs on, like {@code amd64}
 */
public record EngineInfo(String address, String version, String apiVersion, String os, String architecture) {}
