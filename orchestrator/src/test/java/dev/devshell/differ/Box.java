package dev.devshell.differ;

import dev.devshell.engine.Docker;
import dev.devshell.engine.Engine;
import dev.devshell.engine.FileChange;
import dev.devshell.session.EngineAgent;
import dev.devshell.sync.AgentBinary;
import dev.devshell.sync.AgentStarter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The container in which all scripts are played, each below a directory of its own; seen from here through {@code /proc}. */
final class Box implements AutoCloseable {
    static final String SCRIPTS = "/differ";

    private final Docker docker = new Docker(Map.of());
    private final Engine engine = Engine.connect(System.getenv());
    private final String id;
    private final Path root;

    final Shell shell;

    Box() throws IOException {
        id = docker.run("differ", 1);
        String pid = docker.cli(new byte[0], "inspect", "-f", "{{.State.Pid}}", id);
        root = Path.of("/proc", pid, "root");
        shell = new Shell(id);
    }

    String id() {
        return id;
    }

    /** Makes the directory of one run. */
    String place(String name) throws IOException {
        String place = SCRIPTS + "/" + name;
        Files.createDirectories(seen(place));
        return place;
    }

    /** Returns where this process sees a path of the container. */
    Path seen(String path) {
        return root.resolve(path.substring(1));
    }

    AgentStarter agent() {
        return new EngineAgent(
                engine, id, "differ-1", AgentBinary.of(engine.info().architecture()));
    }

    /** Returns what differs from the image outside of the scripts and the agent's own directory. */
    List<String> strayed() {
        return engine.diff(id).stream()
                .map(FileChange::path)
                .filter(path -> Stream.of(SCRIPTS, AgentBinary.HOME)
                        .noneMatch(own -> path.equals(own) || path.startsWith(own + "/")))
                .toList();
    }

    @Override
    public void close() throws IOException {
        shell.close();
        engine.close();
        docker.close();
    }
}
