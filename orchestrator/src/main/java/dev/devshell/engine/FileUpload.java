package dev.devshell.engine;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file on its way into a container. For one thread; any may close it, which ends a blocked call. */
public interface FileUpload extends Closeable {
    /**
     * Writes what the file has next.
     *
     * @throws IOException when the engine refuses, with its words where they came through
     */
    void write(ByteBuffer bytes) throws IOException;

    /** Returns when the engine has written the whole file. */
    void finish() throws IOException;

    /** Lets the engine know that nothing more comes, and returns when it has let go of the file. A part of that may stay. */
    void giveUp() throws IOException;
}
