package dev.devshell.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devshell.DevshellException;
import dev.devshell.DevshellException.Unhealthy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Waits until the services that were started are ready: running, and healthy where there is a health check; or ended with 0, as
 * one-shot services do.
 *
 * <p>Not by {@code up --wait}: that takes a one-shot service for failed, and one that failed for still starting as long as another
 * one is.
 */
final class Readiness {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PAUSE = Duration.ofMillis(150);
    private static final Duration BETWEEN_WORDS = Duration.ofSeconds(3);
    private static final String LABEL = "com.docker.compose.";

    private final ComposeCli cli;
    private final String project;
    private final Set<String> services;

    Readiness(ComposeCli cli, String project, Set<String> services) {
        this.cli = cli;
        this.project = project;
        this.services = services;
    }

    /** A container as far as this matters. */
    private record Look(String service, String status, String health, int exitCode, String healthOutput) {
        boolean failed() {
            return health.equals("unhealthy") || status.equals("dead") || (status.equals("exited") && exitCode != 0);
        }

        boolean ready() {
            return status.equals("running") ? health.isEmpty() || health.equals("healthy") : status.equals("exited");
        }

        String state() {
            return switch (status) {
                case "running" -> health.isEmpty() ? status : health;
                case "exited" -> "exited with code " + exitCode;
                default -> status;
            };
        }
    }

    /** Returns when all is ready; a service that fails, or the deadline, ends it at once. What it waits for is told now and then. */
    void await(Optional<Duration> timeout, ProgressListener listener) {
        long start = System.nanoTime();
        long told = start;
        while (true) {
            List<Look> looks = look();
            failed(looks).ifPresent(failure -> {
                throw unhealthy(failure);
            });
            List<Look> waiting = looks.stream().filter(look -> !look.ready()).toList();
            if (waiting.isEmpty()) {
                return;
            }
            if (timeout.isPresent() && System.nanoTime() - start > timeout.get().toNanos()) {
                throw late(waiting.get(0), waiting, timeout.get());
            }
            if (System.nanoTime() - told > BETWEEN_WORDS.toNanos()) {
                told = System.nanoTime();
                listener.line("Waiting for " + names(waiting));
            }
            pause();
        }
    }

    /** Throws where a service has failed by now. */
    void check() {
        failed(look()).ifPresent(failure -> {
            throw unhealthy(failure);
        });
    }

    private static Optional<Look> failed(List<Look> looks) {
        return looks.stream().filter(Look::failed).findFirst();
    }

    private List<Look> look() {
        List<String> ids = cli.docker(List.of(
                        "ps",
                        "--all",
                        "--quiet",
                        "--no-trunc",
                        "--filter",
                        "label=" + LABEL + "project=" + project,
                        "--filter",
                        "label=" + LABEL + "oneoff=False"))
                .stdout()
                .lines()
                .toList();
        if (ids.isEmpty()) {
            return List.of();
        }
        List<String> inspect = new ArrayList<>(List.of("inspect", "--type", "container"));
        inspect.addAll(ids);
        // One that was removed meanwhile is missing in the answer, and makes it a failure.
        return read(cli.docker(inspect).stdout());
    }

    private List<Look> read(String json) {
        List<Look> looks = new ArrayList<>();
        try {
            for (JsonNode node : JSON.readTree(json)) {
                JsonNode state = node.path("State");
                JsonNode log = state.path("Health").path("Log");
                Look look = new Look(
                        node.path("Config")
                                .path("Labels")
                                .path(LABEL + "service")
                                .asText(),
                        state.path("Status").asText(),
                        state.path("Health").path("Status").asText().replace("none", ""),
                        state.path("ExitCode").asInt(),
                        log.path(log.size() - 1).path("Output").asText().strip());
                if (services.contains(look.service())) {
                    looks.add(look);
                }
            }
        } catch (IOException e) {
            throw new DevshellException.Failed(
                    "DOCKER-OUTPUT",
                    "what `docker inspect` printed cannot be read",
                    String.valueOf(e.getMessage()),
                    "",
                    e);
        }
        return looks;
    }

    private Unhealthy unhealthy(Look look) {
        return look.health().equals("unhealthy")
                ? new Unhealthy(
                        "SERVICE-UNHEALTHY",
                        "the service \"" + look.service() + "\" is unhealthy",
                        evidence(look),
                        next(look))
                : new Unhealthy(
                        "SERVICE-EXITED",
                        "the service \"" + look.service() + "\" " + look.state(),
                        evidence(look),
                        next(look));
    }

    private Unhealthy late(Look look, List<Look> waiting, Duration timeout) {
        return new Unhealthy(
                "WAIT-TIMEOUT",
                "not ready after " + timeout.toSeconds() + " s: " + names(waiting),
                evidence(look),
                next(look) + ", or allow more time with --wait-timeout");
    }

    private static String names(List<Look> looks) {
        return looks.stream()
                .map(one -> one.service() + " (" + one.state() + ")")
                .collect(Collectors.joining(", "));
    }

    private static String next(Look look) {
        return "look at its logs: `devshell logs " + look.service() + "`";
    }

    private String evidence(Look look) {
        String check = look.healthOutput().isEmpty() ? "" : "its health check says: " + look.healthOutput() + "\n";
        String logs = cli.compose(List.of("logs", "--no-color", "--no-log-prefix", "--tail", "15", look.service()))
                .stdout()
                .strip();
        return (check + (logs.isEmpty() ? "it logged nothing" : "its last log lines:\n" + logs)).strip();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevshellException.Interrupted("interrupted while waiting for the services");
        }
    }
}
