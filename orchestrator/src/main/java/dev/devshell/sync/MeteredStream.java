package dev.devshell.sync;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A stream of which is counted what goes through. */
record MeteredStream(AgentStream stream, Rate toContainer, Rate toHost) implements AgentStream {
    @Override
    public int read(ByteBuffer into) throws IOException {
        int read = stream.read(into);
        if (read > 0) {
            toHost.add(read, System.nanoTime());
        }
        return read;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        stream.write(bytes);
        toContainer.add(length, System.nanoTime());
    }

    @Override
    public void close() {
        stream.close();
    }
}
