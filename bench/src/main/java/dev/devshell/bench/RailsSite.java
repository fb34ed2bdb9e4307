package dev.devshell.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A copy of the Rails example that runs under devshell, with a Maven repository of its own that has devshell's jars. */
final class RailsSite implements AutoCloseable {
    private final Path home;
    private final Path directory;
    private final Map<String, String> environment;

    private RailsSite(Path home, Path directory, Map<String, String> environment) {
        this.home = home;
        this.directory = directory;
        this.environment = environment;
    }

    /** Copies it below a scratch directory and boots it. */
    static RailsSite up(Path scratch) throws IOException {
        Path home = Path.of(System.getProperty("bench.home", ".")).toRealPath();
        Path directory = scratch.resolve("rails");
        Path repository = scratch.resolve("repository");
        Command.run(home, "cp", "-a", "examples/rails", directory.toString());
        Command.run(home, "cp", "-a", ".mvn", directory.toString());
        Command.run(home, "rm", "-rf", directory.resolve("target").toString());
        Path known = Path.of(System.getProperty("user.home"), ".m2", "repository");
        if (Files.isDirectory(known)) {
            Command.run(home, "cp", "-a", known.toString(), repository.toString());
        }
        String project = "bench-verdict-" + ProcessHandle.current().pid();
        Map<String, String> environment = new TreeMap<>(Map.of(
                "COMPOSE_PROJECT_NAME",
                project,
                "MAVEN_OPTS",
                "-Dspotless.check.skip -Dmaven.repo.local=" + repository,
                "XDG_STATE_HOME",
                scratch.resolve("state").toString()));
        RailsSite site = new RailsSite(home, directory, environment);
        try {
            site.run(
                    home,
                    "mvn -B -q -ntp -pl junit-extension -am -DskipTests -DskipGoTests -Dspotless.check.skip install");
            site.run(directory, site.devshell() + " up -d");
        } catch (IOException e) {
            site.close();
            throw e;
        }
        return site;
    }

    private String devshell() {
        return "'" + home.resolve("devshell") + "'";
    }

    private String run(Path where, String script) throws IOException {
        return Command.run(where, environment, "sh", "-c", script);
    }

    Path file(String path) {
        return directory.resolve(path);
    }

    /** Returns a page of the application. */
    URI page(String path) throws IOException {
        return URI.create("http://" + run(directory, devshell() + " port web 3000 2>/dev/null") + path);
    }

    /** Starts devshell with arguments; it prints to a pipe. */
    Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(home.resolve("devshell").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectError(file("bench.log").toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    @Override
    public void close() throws IOException {
        run(directory, devshell() + " --yes down -v; docker compose down --rmi local --volumes");
    }
}
