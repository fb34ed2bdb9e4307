package dev.devshell.repl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import dev.devshell.SyncStatus;
import dev.devshell.compose.ComposeService;
import dev.devshell.compose.RunOptions;
import dev.devshell.engine.Container;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A command in a container of its own.
 *
 * <p>With a session, the container is started idle, brought up to date, and only then is the command run in it: it must not see
 * the code that the image was built with, and what it wrote last must still be fetched when it has ended.
 */
final class OneOff {
    private static final Duration TO_ATTACH = Duration.ofSeconds(60);
    private static final int PAUSE_MILLIS = 25;
    private static final String IDLE = "sleep";

    private final Workspace workspace;
    private final Barrier barrier;
    private final ComposeService service;
    private final Docker docker;

    OneOff(Devshell root, ComposeService service) {
        this.workspace = root.workspace();
        this.barrier = new Barrier(root);
        this.service = service;
        this.docker = new Docker(workspace.compose().options().environment());
    }

    int run(List<String> command, RunOptions options) {
        Optional<DevSession> session = workspace.session();
        List<String> whole = session.isPresent() && isSynced() ? wholeCommand(command) : List.of();
        if (whole.isEmpty()) {
            return barrier.around(() -> workspace.compose().run(service.name(), command, options));
        }
        String id = workspace.compose().runDetached(service.name(), IDLE, List.of("2147483647"), options);
        try {
            awaitAttached(session.get(), id);
            return barrier.around(() -> docker.onTerminal(exec(id, whole, options)));
        } finally {
            docker.output(List.of("rm", "--force", "--volumes", id));
        }
    }

    private boolean isSynced() {
        return !service.readOnly()
                && workspace.plans(List.of(service.name())).stream()
                        .anyMatch(plan -> !plan.mappings().isEmpty());
    }

    /** Returns the command as the container itself would run it: after its entrypoint, in place of its own arguments. */
    private List<String> wholeCommand(List<String> command) {
        Optional<Container> sibling = workspace
                .engine()
                .containers(workspace.config().name())
                .stream()
                .filter(container -> container.service().equals(service.name()) && !container.oneOff())
                .findFirst();
        if (sibling.isEmpty()) {
            return List.of();
        }
        String id = sibling.get().id();
        List<String> whole = new ArrayList<>(words(id, "Entrypoint"));
        whole.addAll(command.isEmpty() ? words(id, "Cmd") : command);
        return whole;
    }

    private List<String> words(String id, String field) {
        String json = docker.output(List.of("inspect", "--format", "{{json .Config." + field + "}}", id));
        try {
            return json.isEmpty() || json.equals("null")
                    ? List.of()
                    : List.of(new ObjectMapper().readValue(json, String[].class));
        } catch (JsonProcessingException e) {
            throw new DevshellException.Failed(
                    "DOCKER-OUTPUT", "what 'docker inspect' printed cannot be read", json, "devshell doctor", e);
        }
    }

    private static List<String> exec(String id, List<String> whole, RunOptions options) {
        List<String> arguments = new ArrayList<>(List.of("exec", "--interactive"));
        if (!options.noTerminal()) {
            arguments.add("--tty");
        }
        options.user().ifPresent(user -> arguments.addAll(List.of("--user", user)));
        options.workingDir().ifPresent(dir -> arguments.addAll(List.of("--workdir", dir)));
        options.env().forEach(variable -> arguments.addAll(List.of("--env", variable)));
        arguments.add(id);
        arguments.addAll(whole);
        return arguments;
    }

    private void awaitAttached(DevSession session, String id) {
        long deadline = System.nanoTime() + TO_ATTACH.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<SyncStatus.Replica> replica = session.sync().status().replicas().stream()
                    .filter(one -> one.containerId().equals(id))
                    .findFirst();
            if (replica.isPresent() && replica.get().state() == SyncStatus.State.FAILED) {
                throw behind(replica.get().detail());
            }
            if (replica.isPresent() && replica.get().state() == SyncStatus.State.READY) {
                return;
            }
            pause();
        }
        throw behind("it has not caught up after " + TO_ATTACH.toSeconds() + " s");
    }

    private DevshellException behind(String why) {
        return new DevshellException.Failed(
                "SYNC-FAILED",
                "the code could not be brought into a new container of '" + service.name() + "'",
                why,
                "devshell sync status");
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevshellException.Interrupted("interrupted");
        }
    }
}
