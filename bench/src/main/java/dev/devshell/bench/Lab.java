package dev.devshell.bench;

import dev.devshell.engine.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where everything is measured: a scratch directory and an image, both removed at the end. */
final class Lab implements AutoCloseable {
    /** Of this run alone: another one's end must not take it away. */
    private static final String IMAGE = "bench-app-" + ProcessHandle.current().pid();

    private final Path directory;
    private final Engine engine;

    private Lab(Path directory, Engine engine) {
        this.directory = directory;
        this.engine = engine;
    }

    static Lab open(boolean withUnison) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("devshell-bench").toRealPath();
        String unison =
                withUnison ? "RUN apt-get update -q && apt-get install -qy --no-install-recommends unison\n" : "";
        Files.writeString(
                directory.resolve("Dockerfile"),
                "FROM debian:trixie-slim\n" + unison + "RUN mkdir /app /floor\nCMD [\"sleep\", \"infinity\"]\n");
        Command.run(directory, "docker", "build", "-q", "-t", IMAGE, ".");
        return new Lab(directory, Engine.connect(System.getenv()));
    }

    Engine engine() {
        return engine;
    }

    /** Returns a new directory, which goes with the lab. */
    Path scratch(String name) throws IOException {
        return Files.createTempDirectory(directory, name + "-");
    }

    Site site(String name) throws IOException, InterruptedException {
        Path project = Files.createTempDirectory(directory, name.replace(' ', '-') + "-");
        Files.copy(directory.resolve("Dockerfile"), project.resolve("Dockerfile"));
        Files.createDirectory(project.resolve("tree"));
        Files.writeString(project.resolve("compose.yaml"), """
                name: bench-%s
                services:
                  app:
                    image: %s
                    build: .
                    init: true
                    stop_grace_period: 0s
                    develop:
                      watch:
                        - action: sync
                          path: ./tree
                          target: /app
                """.formatted(
                        project.getFileName().toString().toLowerCase(java.util.Locale.ROOT), IMAGE));
        return Site.up(project);
    }

    @Override
    public void close() throws IOException {
        engine.close();
        Command.run(Path.of("/"), "docker", "image", "rm", "-f", IMAGE);
        Command.run(Path.of("/"), "rm", "-rf", directory.toString());
    }
}
