package dev.devshell.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads execs to their end. */
final class Streams {
    private Streams() {}

    static byte[] readAll(ExecStream exec) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        while (exec.read(buffer.clear()) >= 0) {
            all.write(buffer.array(), 0, buffer.position());
        }
        return all.toByteArray();
    }

    static void readFully(ExecStream exec, ByteBuffer into) throws IOException {
        while (into.hasRemaining()) {
            if (exec.read(into) < 0) {
                throw new IOException("ended with " + into.remaining() + " bytes to go");
            }
        }
    }
}
