package dev.devshell.sync.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Turns messages into bytes and back. */
final class Streams {
    private Streams() {}

    /** Returns a whole stream with these messages. */
    static <M> byte[] bytes(FrameWriter<M> writer, List<M> messages) {
        messages.forEach(writer::add);
        ByteBuffer taken = writer.take();
        byte[] bytes = new byte[taken.remaining()];
        taken.get(bytes);
        return bytes;
    }

    /** Returns a source that hands out a few bytes at a time, then ends. */
    static ByteSource trickling(byte[] bytes, Random random) {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        return into -> {
            if (!rest.hasRemaining()) {
                return -1;
            }
            int count = Math.min(Math.min(rest.remaining(), into.remaining()), 1 + random.nextInt(40));
            into.put(rest.slice(rest.position(), count));
            rest.position(rest.position() + count);
            return count;
        };
    }

    static ByteSource of(byte[] bytes) {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        return into -> {
            if (!rest.hasRemaining()) {
                return -1;
            }
            int count = Math.min(rest.remaining(), into.remaining());
            into.put(rest.slice(rest.position(), count));
            rest.position(rest.position() + count);
            return count;
        };
    }

    static <M> List<M> all(FrameReader<M> reader) throws IOException, WireException {
        List<M> messages = new ArrayList<>();
        @Nullable M message;
        while ((message = reader.next()) != null) {
            messages.add(message);
        }
        return messages;
    }
}
