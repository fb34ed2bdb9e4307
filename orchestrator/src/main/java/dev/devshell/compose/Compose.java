package dev.devshell.compose;

import dev.devshell.DevshellException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One project through {@code docker compose}.
 *
 * <p>Every method blocks until Compose is done, may be called from any thread, and ends Compose when the calling thread is
 * interrupted ({@link DevshellException.Interrupted}). All of them throw {@link DevshellException} with what Compose complained of:
 * {@code COMPOSE-SYNTAX}, {@code UNKNOWN-SERVICE}, {@code BUILD-FAILED}, {@code ENGINE-UNREACHABLE} and so on.
 */
public final class Compose {
    private final ComposeCli cli;

    public Compose(ComposeOptions options) {
        this.cli = new ComposeCli(options);
    }

    public ComposeOptions options() {
        return cli.options();
    }

    /**
     * Returns the version of Compose.
     *
     * @throws DevshellException.EngineUnreachable {@code COMPOSE-MISSING} or {@code COMPOSE-TOO-OLD}
     */
    public ComposeVersion version() {
        Child.Outcome outcome = cli.docker(List.of("compose", "version", "--short"));
        if (!outcome.ok()) {
            throw error("version", outcome);
        }
        return ComposeVersion.parse(outcome.stdout()).required();
    }

    /** Returns the project as Compose reads it, with the services of the active profiles. Needs no engine. */
    public ComposeProject config() {
        return ConfigReader.read(output("config"), ComposeFiles.find(cli.options()));
    }

    /**
     * Returns the text of a Compose file that, read after the project's own, keeps a copy of the project apart from it.
     *
     * @param name the copy's
     * @param labels for everything in it
     */
    public String isolation(String name, Map<String, String> labels) {
        Compose every = new Compose(cli.options().withProfiles(List.of("*")));
        return Isolation.of(ConfigReader.parse(every.output("config")), name, labels);
    }

    /** Lists the project's containers, running or not, without one-off ones. */
    public List<PsEntry> ps() {
        return PsReader.read(output("ps", "--all", "--format", "json"));
    }

    /**
     * Creates and starts services and those they depend on, in the background, and waits until they are ready.
     *
     * @param project what {@link #config()} returned
     * @throws DevshellException.Unhealthy naming the service that failed, with its health check's and its log's last lines
     */
    public void up(ComposeProject project, UpOptions options, ProgressListener listener) {
        version();
        Readiness readiness = new Readiness(cli, project.name(), project.withDependencies(options.services()));
        Child.Outcome outcome = cli.progress(UpCommand.arguments(options), listener);
        if (!outcome.ok()) {
            DevshellException error = error("up", outcome);
            if (error.code().equals(ComposeErrors.UNEXPLAINED)) {
                // A service that others wait for failed, most often; Compose only names its container.
                readiness.check();
            }
            throw error;
        }
        if (options.untilReady()) {
            readiness.await(options.waitTimeout(), listener);
        }
    }

    /** Waits until services and those they depend on are ready, as {@link #up} does. */
    public void await(
            ComposeProject project,
            Collection<String> services,
            Optional<Duration> timeout,
            ProgressListener listener) {
        new Readiness(cli, project.name(), project.withDependencies(services)).await(timeout, listener);
    }

    /** Builds the images of services, or of all that have a build. */
    public void build(List<String> services, boolean noCache, ProgressListener listener) {
        List<String> arguments = new ArrayList<>(List.of("build"));
        if (noCache) {
            arguments.add("--no-cache");
        }
        arguments.addAll(ServiceName.checked(services));
        progress(arguments, listener);
    }

    /** Stops and removes the project's containers and networks; its volumes too where that is asked for. */
    public void down(boolean volumes, ProgressListener listener) {
        progress(
                volumes ? List.of("down", "--remove-orphans", "--volumes") : List.of("down", "--remove-orphans"),
                listener);
    }

    /** Stops and removes the containers of services, and nothing else. */
    public void remove(List<String> services, ProgressListener listener) {
        progress(with(List.of("rm", "--stop", "--force"), services), listener);
    }

    public void stop(List<String> services, ProgressListener listener) {
        progress(with(List.of("stop"), services), listener);
    }

    public void restart(List<String> services, ProgressListener listener) {
        progress(with(List.of("restart"), services), listener);
    }

    /**
     * Runs a command in a running container of a service, on this process's streams, and returns its exit code.
     *
     * <p>A service that is unknown or does not run makes Compose itself complain on standard error, and the exit code is 1: ask
     * {@link ComposeProject#require} and the engine first.
     */
    public int exec(String service, List<String> command, RunOptions options) {
        List<String> arguments = new ArrayList<>(List.of("exec"));
        options.index().ifPresent(index -> arguments.addAll(List.of("--index", index.toString())));
        return terminal(arguments, service, command, options);
    }

    /** Runs a command in a new container of a service, removed afterwards, and returns its exit code. */
    public int run(String service, List<String> command, RunOptions options) {
        return terminal(new ArrayList<>(List.of("run", "--rm")), service, command, options);
    }

    /** Starts a new container of a service with another command in the background, and returns its id; the caller removes it. */
    public String runDetached(String service, String entrypoint, List<String> command, RunOptions options) {
        List<String> arguments = new ArrayList<>(List.of("run", "--detach", "--entrypoint", entrypoint));
        arguments.addAll(options.arguments());
        arguments.add(service);
        arguments.addAll(command);
        String printed = cli.output(arguments, outcome -> error("run", outcome));
        return printed.lines().reduce("", (before, last) -> last).strip();
    }

    private int terminal(List<String> arguments, String service, List<String> command, RunOptions options) {
        arguments.addAll(options.arguments());
        arguments.add(ServiceName.checked(service));
        arguments.addAll(command);
        return cli.terminal(arguments);
    }

    /** Passes on log lines, from one thread, until there are no more; when it follows, until the containers are gone. */
    public void logs(LogOptions options, Consumer<LogLine> lines) {
        Child.Outcome outcome = cli.follow(options.arguments(), line -> lines.accept(LogLine.parse(line)));
        if (!outcome.ok()) {
            throw error("logs", outcome);
        }
    }

    /** Returns where a service's port can be reached, like {@code 0.0.0.0:3001}; nothing where it is not published. */
    public Optional<String> port(String service, int port) {
        Child.Outcome outcome = cli.compose(List.of("port", ServiceName.checked(service), String.valueOf(port)));
        if (outcome.ok()) {
            // An unpublished port is told as `:0`.
            return outcome.stdout().lines().findFirst().filter(line -> !line.isBlank() && !line.endsWith(":0"));
        }
        if (outcome.stderr().contains("no port ")) {
            return Optional.empty();
        }
        throw error("port", outcome);
    }

    private static List<String> with(List<String> command, List<String> services) {
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(ServiceName.checked(services));
        return arguments;
    }

    private String output(String... arguments) {
        return cli.output(List.of(arguments), outcome -> error(arguments[0], outcome));
    }

    private void progress(List<String> arguments, ProgressListener listener) {
        Child.Outcome outcome = cli.progress(arguments, listener);
        if (!outcome.ok()) {
            throw error(arguments.get(0), outcome);
        }
    }

    private DevshellException error(String command, Child.Outcome outcome) {
        ComposeFiles files = ComposeFiles.find(cli.options());
        return ComposeErrors.tell(
                new Complaint(command, outcome.stderr(), files.files(), files.directory(), this::allServices));
    }

    private Set<String> allServices() {
        ComposeCli every = new ComposeCli(cli.options().withProfiles(List.of("*")));
        return new java.util.TreeSet<>(
                every.compose(List.of("config", "--services")).stdout().lines().toList());
    }
}
