package dev.devshell.sync.wire;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where a {@link FrameReader} gets its bytes: any readable channel fits, by method reference. */
@FunctionalInterface
public interface ByteSource {
    /**
     * Reads at least one byte into {@code into}, waiting for it.
     *
     * @return how many bytes were read, or -1 at the end of the stream
     */
    int read(ByteBuffer into) throws IOException;
}
