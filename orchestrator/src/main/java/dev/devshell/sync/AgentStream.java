package dev.devshell.sync;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The two byte streams to a running agent; one thread reads, one writes, any may close. */
public interface AgentStream extends AutoCloseable {
    /** Reads some bytes; blocks until there are any. Returns -1 at the end. */
    int read(ByteBuffer into) throws IOException;

    /** Writes all bytes. */
    void write(ByteBuffer bytes) throws IOException;

    /** Ends both streams at once; a blocked read or write returns or fails. */
    @Override
    void close();
}
