package dev.devshell.engine;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;

/**
 * The streams of a command that runs in a container.
 *
 * <p>One thread may write while another reads; a third may close, which ends both at once. An interrupt of a thread that
 * reads or writes closes the stream where that is a bare socket, and does nothing where it is TLS or an ssh.
 */
public interface ExecStream extends Closeable {
    /**
     * Writes all of {@code buffers}, in order, to the command's standard input; blocks while it does not read.
     *
     * @throws IOException when the stream is closed or broken
     */
    void write(ByteBuffer... buffers) throws IOException;

    /** Ends the command's standard input, as far as the engine passes that on; its output can still be read. */
    void endInput() throws IOException;

    /**
     * Reads some of the command's standard output.
     *
     * @return how many bytes, or -1 at its end and once this is closed
     * @throws IOException when the stream breaks
     */
    int read(ByteBuffer into) throws IOException;

    /** Returns the command's exit code, or nothing while it runs or when the engine no longer knows. */
    OptionalInt exitCode();

    /** Closes both directions at once; does not wait for the command, which sees the end of its input. */
    @Override
    void close();
}
