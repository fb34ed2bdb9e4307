package dev.devshell.repl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A project of one service, and the commands that a person would type in it, each in a JVM of its own.
 *
 * <pre>
 * compose.yaml   web, built here, healthy once app/a.txt is there
 * Dockerfile     COPY . . into /srv
 * .gitignore     *.log
 * app/a.txt      "one"
 * </pre>
 */
final class TinyProject {
    private static final String COMPOSE = """
            name: %s
            services:
              web:
                build: .
                init: true
                healthcheck: {test: ["CMD", "test", "-e", "/srv/app/a.txt"], interval: 500ms}
            """;

    private static final String DOCKERFILE = """
            FROM debian:trixie-slim
            WORKDIR /srv
            COPY . .
            CMD ["sleep", "infinity"]
            """;

    private final Path directory;
    private final Path runtime;
    private final String name;

    /** Takes a project that is there; what its sessions leave is in {@code root}. */
    TinyProject(Path directory, Path root, String name) {
        this.directory = directory;
        this.runtime = root.resolve("run");
        this.name = name;
        try {
            Files.createDirectories(directory.resolve("app"));
            Files.createDirectories(runtime);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the project that is drawn above. */
    TinyProject(Path root, String name) {
        this(root.resolve("project"), root, name);
        write("compose.yaml", COMPOSE.formatted(name));
        write("Dockerfile", DOCKERFILE);
        write(".gitignore", "*.log\n");
        write("app/a.txt", "one\n");
    }

    /** How a program ended. */
    record Run(int code, String out, String err) {}

    String name() {
        return name;
    }

    Path path(String file) {
        return directory.resolve(file);
    }

    /** Returns the variables that say where devshell keeps its own things: nowhere but with this project. */
    Map<String, String> places() {
        return Map.of(
                "XDG_RUNTIME_DIR", runtime.toString(),
                "XDG_STATE_HOME", runtime.resolveSibling("state").toString(),
                "XDG_CONFIG_HOME", runtime.resolveSibling("config").toString());
    }

    Path runtime() {
        return runtime;
    }

    void write(String file, String text) {
        try {
            Files.writeString(directory.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String read(String file) {
        try {
            return Files.readString(directory.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Run devshell(String... arguments) {
        return devshell(Map.of(), arguments);
    }

    Run devshell(Map<String, String> env, String... arguments) {
        return run(own(env), command(arguments));
    }

    /** Starts a command that goes on; what it prints goes to a file. */
    Process start(Path out, String... arguments) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command(arguments))
                    .directory(directory.toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().putAll(own(Map.of()));
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", ""));
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classPath, Main.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private Map<String, String> own(Map<String, String> env) {
        Map<String, String> own = new HashMap<>(env);
        own.putAll(places());
        return own;
    }

    /** Runs a command in the container, behind devshell's back. */
    Run inContainer(String script) {
        return run(Map.of(), List.of("docker", "compose", "exec", "-T", "web", "sh", "-c", script));
    }

    /** Returns the background processes of devshell in this project. */
    List<ProcessHandle> sessions() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(SessionCommand.NAME)
                        || Stream.of(process.info().arguments().orElse(new String[0]))
                                .anyMatch(SessionCommand.NAME::equals))
                .filter(process -> process.isAlive() && isOurs(process))
                .toList();
    }

    /** Other projects of this machine may have sessions of their own. */
    private boolean isOurs(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"))
                    .equals(directory.toRealPath());
        } catch (IOException e) {
            // It has just ended.
            return false;
        }
    }

    Run run(Map<String, String> env, List<String> command) {
        try {
            Path out = Files.createTempFile(runtime, "out", "");
            Path err = Files.createTempFile(runtime, "err", "");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(env);
            Process process = builder.start();
            if (!process.waitFor(4, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError(command + " does not end: " + Files.readString(err));
            }
            Run run = new Run(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
            Files.delete(out);
            Files.delete(err);
            return run;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
