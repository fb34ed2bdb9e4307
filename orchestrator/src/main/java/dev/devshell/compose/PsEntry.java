package dev.devshell.compose;

/**
 * A container as {@code docker compose ps} lists it.
 *
 * @param state like {@code running}
 * @param health what its health check says; empty without one
 * @param status for people, like {@code Up 2 minutes (healthy)}
 */
public record PsEntry(
        String id,
        String name,
        String project,
        String service,
        String image,
        String state,
        String health,
        int exitCode,
        String status) {}
