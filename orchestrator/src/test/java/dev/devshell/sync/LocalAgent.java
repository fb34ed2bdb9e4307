package dev.devshell.sync;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Runs the real agent as a process of this machine, so that a session can be tested without an engine: the "container" is a directory. */
final class LocalAgent implements AgentStarter {
    private final Path home;
    private final Path binary;
    private final AtomicReference<Process> running = new AtomicReference<>();
    /** What the agent is started by; it gets the agent's own command line behind its own. */
    List<String> starter = List.of();

    LocalAgent(Path home) throws IOException {
        this.home = home;
        AgentBinary agent = AgentBinary.of(System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64");
        Files.createDirectories(home);
        binary = home.resolve(agent.fileName());
        Files.write(binary, agent.bytes());
        Files.setPosixFilePermissions(binary, PosixFilePermissions.fromString("rwx------"));
    }

    @Override
    public AgentStream start() throws IOException {
        List<String> command = new ArrayList<>(starter);
        command.addAll(List.of(binary.toString(), "--home", home.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        running.set(process);
        return new ProcessStream(process);
    }

    /** Ends the agent, if there is one, as a crash would. */
    void kill() {
        Process process = running.get();
        if (process != null) {
            process.destroyForcibly();
        }
    }

    /** Lets the agent stand still, with its streams open, as a container does that is paused. */
    void freeze() throws IOException, InterruptedException {
        Process process = running.get();
        if (process != null) {
            new ProcessBuilder("kill", "-STOP", Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }
    }

    /** Closes both streams at once, as the kernel does for a devshell that is killed; the agent finds out by itself. */
    void hangUp() {
        Process process = running.get();
        try {
            if (process != null) {
                process.getOutputStream().close();
                process.getInputStream().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
