package dev.devshell.sync;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The two byte streams to a running agent; one thread reads, one writes, any may close. */
public interface AgentStream extends AutoCloseable {
    /** Reads some bytes; blocks until there are any. Returns -1 at the end. */
    int read(ByteBuffer into) throws IOException;

    /** Writes all bytes. */
    void write(ByteBuffer bytes) throws IOException;

    /** Returns from how many bytes on a content is put beside the stream. */
    default long leastUpload() {
        return 8 << 20;
    }

    /**
     * Begins to put a large content into the agent's staging directory without going through this stream.
     *
     * @return nothing where there is no such way, which is then so for as long as the stream lives
     */
    default Optional<Upload> upload(String name, long size) throws IOException {
        return Optional.empty();
    }

    /** Ends both streams at once; a blocked read or write returns or fails. */
    @Override
    void close();
}
