package dev.devshell.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ScatteringByteChannel;

/**
 * One connection to an engine.
 *
 * <p>One thread may write while another reads; a third may close, which ends both at once.
 */
interface Link extends ScatteringByteChannel {
    /** Writes all of {@code buffers}, in order. */
    void write(ByteBuffer... buffers) throws IOException;

    /** Tells the engine that nothing follows; its answers can still be read. */
    void endOutput() throws IOException;
}
