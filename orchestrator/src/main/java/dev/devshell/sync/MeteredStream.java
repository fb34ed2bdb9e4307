package dev.devshell.sync;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

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
    public long leastUpload() {
        return stream.leastUpload();
    }

    @Override
    public Optional<Upload> upload(String name, long size) throws IOException {
        return stream.upload(name, size).map(upload -> new MeteredUpload(upload, toContainer));
    }

    @Override
    public void close() {
        stream.close();
    }

    private record MeteredUpload(Upload upload, Rate rate) implements Upload {
        @Override
        public void write(ByteBuffer bytes) throws IOException {
            int length = bytes.remaining();
            upload.write(bytes);
            rate.add(length, System.nanoTime());
        }

        @Override
        public void finish() throws IOException {
            upload.finish();
        }

        @Override
        public void giveUp() throws IOException {
            upload.giveUp();
        }

        @Override
        public void close() throws IOException {
            upload.close();
        }
    }
}
