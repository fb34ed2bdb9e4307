package dev.devshell.junit;

import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import dev.devshell.Service;
import dev.devshell.compose.LogOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A service of a running project. */
final class LiveService implements DevService {
    private static final Duration AFTER_COMMAND = Duration.ofSeconds(60);

    private final Running running;
    private final String name;
    private final Settings settings;
    private final Scope scope;

    LiveService(Running running, String name, Settings settings, Scope scope) {
        this.running = running;
        this.name = name;
        this.settings = settings;
        this.scope = scope;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public DevSession session() {
        return running.session();
    }

    @Override
    public Service state() {
        return running.project().session().services().stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseGet(() -> new Service(name, List.of(), List.of()));
    }

    @Override
    public Service.Instance container() {
        Service now = state();
        return now.containers().stream()
                .filter(container -> !container.oneOff() && isRunning(container.condition()))
                .findFirst()
                .orElseThrow(() -> notRunning(now));
    }

    private static boolean isRunning(Service.Condition condition) {
        return switch (condition) {
            case RUNNING, HEALTHY, STARTING, UNHEALTHY -> true;
            case FAILED, RESTARTING, PAUSED, ABSENT, CREATED, EXITED -> false;
        };
    }

    private DevshellException notRunning(Service now) {
        return new DevshellException.Failed(
                "NOT-RUNNING",
                "the service \"" + name + "\" has no running container",
                "it is " + now.condition().toString().toLowerCase(java.util.Locale.ROOT),
                settings.services().isEmpty() || settings.services().contains(name)
                        ? "devshell logs " + name
                        : "add it to the services that the tests need: " + settings.services());
    }

    private Service.Port published(int port) {
        List<Service.Port> ports = container().ports();
        return ports.stream()
                .filter(candidate -> candidate.container() == port && candidate.host() > 0)
                .findFirst()
                .orElseThrow(() -> new DevshellException.Usage(
                        "PORT-NOT-PUBLISHED",
                        "the service \"" + name + "\" does not publish the port " + port,
                        ports.isEmpty()
                                ? "it publishes none"
                                : "it publishes "
                                        + ports.stream()
                                                .map(each -> Integer.toString(each.container()))
                                                .distinct()
                                                .collect(Collectors.joining(", ")),
                        "add `ports: [\"" + port + "\"]` to it in the Compose file"));
    }

    @Override
    public String host(int port) {
        String host = published(port).hostIp();
        if (host.contains("@")) {
            throw new DevshellException.Usage(
                    "PORT-NOT-REACHABLE",
                    "the port " + port + " of \"" + name + "\" can be reached on the engine's machine only",
                    "it is published on " + host,
                    "publish it on every address there");
        }
        return host.isEmpty() || host.equals("0.0.0.0") || host.equals("::") ? "localhost" : host;
    }

    @Override
    public int port(int port) {
        return published(port).host();
    }

    @Override
    public URI url(int port) {
        String host = host(port);
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port(port));
    }

    @Override
    public ExecResult exec(String... command) {
        if (command.length == 0) {
            throw new IllegalArgumentException("a command has at least a program");
        }
        String id = containerId();
        flush(settings.barrier());
        ExecResult result = running.project().exec(id, List.of(command));
        flush(AFTER_COMMAND);
        return result;
    }

    private void flush(Duration timeout) {
        running.project().session().sync().flush(timeout);
    }

    @Override
    public String logs() {
        return logs(Optional.empty());
    }

    @Override
    public String logs(Instant since) {
        return logs(Optional.of(since.toString()));
    }

    private String logs(Optional<String> since) {
        StringBuilder text = new StringBuilder();
        running.project()
                .logs(
                        new LogOptions(false, false, since, Optional.empty(), List.of(name)),
                        line -> text.append(line.text()).append('\n'));
        return text.toString();
    }

    @Override
    public Edit edit(String path, String text) {
        return scope.noted(running.edits().write(file(path), text));
    }

    @Override
    public Path file(String path) {
        return running.project().directory().resolve(path).normalize();
    }

    @Override
    public void awaitSynced() {
        awaitSynced(settings.barrier());
    }

    @Override
    public void awaitSynced(Duration timeout) {
        running.barrier().pass(settings, Set.of(name), timeout);
    }

    @Override
    public boolean isSynced() {
        return running.barrier().isQuiet(state());
    }

    @Override
    public URI engine() {
        return running.project().engine();
    }

    @Override
    public String toString() {
        return "the service \"" + name + "\" of " + running.session().project();
    }
}
