package dev.devshell.bench;

import dev.devshell.engine.Engine;
import dev.devshell.engine.ExecSpec;
import dev.devshell.engine.ExecStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The floor of one edit from the container: a {@code cat} of a FIFO behind an exec, and a receiver that writes a file and renames it. */
final class LivingPipe implements AutoCloseable {
    private final ExecStream cat;
    private final FileOutputStream fifo;

    LivingPipe(Engine engine, Site site) throws IOException, InterruptedException {
        Command.run(
                site.project(),
                "docker",
                "exec",
                site.container(),
                "sh",
                "-c",
                "rm -f /floor/fifo; mkfifo /floor/fifo");
        this.cat = engine.exec(
                site.container(), ExecSpec.asRoot("cat", "/floor/fifo"), line -> System.err.println("cat: " + line));
        // Opening waits for the reader.
        this.fifo = new FileOutputStream(site.root().resolve("floor/fifo").toFile());
    }

    void send(byte[] content) throws IOException {
        fifo.write(content);
    }

    void receive(Path target, int size) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(size);
        while (bytes.hasRemaining() && cat.read(bytes) >= 0) {
            // cat passes on what it has, which may be a part.
        }
        Path temporary = target.resolveSibling(".floor");
        Files.write(temporary, bytes.array());
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        fifo.close();
        cat.close();
    }
}
