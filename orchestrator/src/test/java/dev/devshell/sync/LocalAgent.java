package dev.devshell.sync;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** Runs the real agent as a process of this machine, so that a session can be tested without an engine: the "container" is a directory. */
final class LocalAgent implements AgentStarter {
    private final Path home;
    private final Path binary;
    private final AtomicReference<Process> running = new AtomicReference<>();
    /** What the agent is started by; it gets the agent's own command line behind its own. */
    List<String> starter = List.of();
    /** From how many bytes on a content is put into its staging directory, as an engine does it; by default none is. */
    long leastUpload = Long.MAX_VALUE;
    /** What is done with an upload before it is made use of. */
    UnaryOperator<Upload> uploads = UnaryOperator.identity();

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
        return new Stream(new ProcessStream(process));
    }

    /** Returns the uploads in the staging directory. */
    List<Path> uploaded() throws IOException {
        try (java.util.stream.Stream<Path> files = Files.list(home.resolve("stage"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("upload-"))
                    .toList();
        }
    }

    private final class Stream implements AgentStream {
        private final AgentStream stream;

        Stream(AgentStream stream) {
            this.stream = stream;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            return stream.read(into);
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            stream.write(bytes);
        }

        @Override
        public long leastUpload() {
            return leastUpload;
        }

        @Override
        public Optional<Upload> upload(String name, long size) throws IOException {
            return Optional.of(uploads.apply(new InStage(
                    FileChannel.open(
                            home.resolve("stage").resolve(name),
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.WRITE),
                    size)));
        }

        @Override
        public void close() {
            stream.close();
        }
    }

    private record InStage(FileChannel file, long size) implements Upload {
        @Override
        public void write(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        }

        @Override
        public void finish() throws IOException {
            if (file.position() != size) {
                throw new IOException("unexpected EOF");
            }
        }

        @Override
        public void giveUp() {
            // nobody else has it open
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
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
