package dev.devshell.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A bare socket. The channel itself is read and written; its adapters to streams block each other. */
record ChannelLink(SocketChannel channel) implements Link {
    @Override
    public int read(ByteBuffer into) throws IOException {
        return channel.read(into);
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) throws IOException {
        return channel.read(into, offset, length);
    }

    @Override
    public long read(ByteBuffer[] into) throws IOException {
        return channel.read(into);
    }

    @Override
    public void write(ByteBuffer... buffers) throws IOException {
        int first = 0;
        while (first < buffers.length) {
            if (buffers[first].hasRemaining()) {
                channel.write(buffers, first, buffers.length - first);
            } else {
                first++;
            }
        }
    }

    @Override
    public void endOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
