package dev.devshell.sync;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A large content on its way into the agent's staging directory, beside the stream. For one thread; any may close it. */
public interface Upload extends AutoCloseable {
    /** Writes what the content has next. */
    void write(ByteBuffer bytes) throws IOException;

    /** Returns when all of it stands there. */
    void finish() throws IOException;

    /** Ends it early, and returns when nobody writes there any more; what has come stays, for the agent to remove. */
    void giveUp() throws IOException;

    /** Ends it at once; a blocked call fails. */
    @Override
    void close() throws IOException;
}
