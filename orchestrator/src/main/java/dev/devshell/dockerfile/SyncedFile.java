package dev.devshell.dockerfile;

/**
 * A host file, or link, and where it lies in the container.
 *
 * @param host path relative to the root of the mapping's context
 * @param container absolute path
 */
public record SyncedFile(String host, String container, Mapping mapping) {}
