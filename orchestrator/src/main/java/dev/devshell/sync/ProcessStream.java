package dev.devshell.sync;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** The streams to an agent that is a process of this machine. */
record ProcessStream(Process process) implements AgentStream {
    @Override
    public int read(ByteBuffer into) throws IOException {
        InputStream in = process.getInputStream();
        int n = in.read(into.array(), into.arrayOffset() + into.position(), into.remaining());
        if (n > 0) {
            into.position(into.position() + n);
        }
        return n;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        OutputStream out = process.getOutputStream();
        out.write(copy);
        out.flush();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
