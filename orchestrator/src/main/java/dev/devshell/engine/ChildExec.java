package dev.devshell.engine;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * An exec through {@code docker exec -i} as a child process: for the addresses that only the docker CLI speaks to.
 *
 * <p>The child's standard error has a thread of its own.
 */
final class ChildExec implements ExecStream {
    private static final int CHUNK = 64 * 1024;

    private final Process child;
    private final OutputStream input;
    private final InputStream output;
    private final byte[] out = new byte[CHUNK];
    private final byte[] in = new byte[CHUNK];
    private volatile boolean closed;

    private ChildExec(Process child) {
        this.child = child;
        this.input = child.getOutputStream();
        this.output = child.getInputStream();
    }

    static ChildExec start(List<String> docker, String containerId, ExecSpec spec, Consumer<String> stderr)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(docker, containerId, spec));
        // Values stay out of the process list: docker takes them from its own environment.
        builder.environment().putAll(spec.env());
        Process child = builder.start();
        Thread lines = new Thread(() -> follow(child.getErrorStream(), stderr), "devshell-exec-stderr");
        lines.setDaemon(true);
        lines.start();
        return new ChildExec(child);
    }

    private static List<String> command(List<String> docker, String containerId, ExecSpec spec) {
        List<String> command = new ArrayList<>(docker);
        command.addAll(List.of("exec", "-i"));
        if (!spec.user().isEmpty()) {
            command.addAll(List.of("--user", spec.user()));
        }
        spec.workingDir().ifPresent(dir -> command.addAll(List.of("--workdir", dir)));
        spec.env().keySet().forEach(name -> command.addAll(List.of("--env", name)));
        command.add(containerId);
        command.addAll(spec.command());
        return command;
    }

    private static void follow(InputStream errors, Consumer<String> stderr) {
        LineSplitter lines = new LineSplitter(stderr);
        byte[] chunk = new byte[4096];
        try (errors) {
            for (int count = errors.read(chunk); count >= 0; count = errors.read(chunk)) {
                lines.take(ByteBuffer.wrap(chunk), count);
            }
        } catch (IOException e) {
            stderr.accept("the command's standard error cannot be read any more: " + e.getMessage());
        }
        lines.end();
    }

    @Override
    public void write(ByteBuffer... buffers) throws IOException {
        if (closed) {
            throw new EOFException("the exec is closed");
        }
        int filled = 0;
        for (ByteBuffer buffer : buffers) {
            while (buffer.hasRemaining()) {
                int count = Math.min(buffer.remaining(), out.length - filled);
                buffer.get(out, filled, count);
                filled += count;
                if (filled == out.length) {
                    input.write(out, 0, filled);
                    filled = 0;
                }
            }
        }
        input.write(out, 0, filled);
        input.flush();
    }

    @Override
    public void endInput() throws IOException {
        input.close();
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (!into.hasRemaining()) {
            return 0;
        }
        try {
            int count = output.read(in, 0, Math.min(in.length, into.remaining()));
            if (count < 0) {
                return -1;
            }
            into.put(in, 0, count);
            return count;
        } catch (IOException e) {
            if (closed) {
                return -1;
            }
            throw e;
        }
    }

    @Override
    public OptionalInt exitCode() {
        return closed || child.isAlive() ? OptionalInt.empty() : OptionalInt.of(child.exitValue());
    }

    @Override
    public void close() {
        closed = true;
        // Its streams end with it, which wakes whoever reads or writes them.
        child.destroyForcibly();
        try {
            input.close();
        } catch (IOException e) {
            if (child.isAlive()) {
                throw new UncheckedIOException("closing an exec's input", e);
            }
        }
    }
}
