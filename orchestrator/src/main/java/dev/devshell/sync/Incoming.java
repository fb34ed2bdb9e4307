package dev.devshell.sync;

import dev.devshell.sync.core.Digest;
import dev.devshell.sync.wire.AgentMessage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Contents that arrive in slices: each is gathered in a file of the session's own, checked against its promised size and digest, and handed over whole or not at all.
 */
final class Incoming implements Closeable {
    private final Path directory;
    private final Map<Long, Part> parts = new HashMap<>();

    Incoming(Path directory) {
        this.directory = directory;
    }

    private record Part(
            FileChannel channel,
            Path file,
            MessageDigest digest,
            Digest promised,
            long size,
            Consumer<@Nullable Path> done) {}

    /**
     * Expects slices under the id.
     *
     * @param done gets the file, which is its own from then on; or null when the content was given up or is not what was promised
     */
    void expect(long id, Digest promised, long size, Consumer<@Nullable Path> done) throws IOException {
        Files.createDirectories(directory);
        Path file = Files.createTempFile(directory, "in-", "");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        parts.put(id, new Part(channel, file, Digest.sha256(), promised, size, done));
    }

    /** Takes a slice; one that nobody expects is dropped. */
    void slice(AgentMessage.Slice slice) throws IOException {
        Part part = parts.get(slice.id());
        if (part == null) {
            return;
        }
        switch (slice.end()) {
            case MORE -> append(slice, part);
            case LAST -> {
                append(slice, part);
                finish(slice.id(), part);
            }
            case GIVEN_UP -> drop(slice.id(), part);
        }
    }

    private void append(AgentMessage.Slice slice, Part part) throws IOException {
        if (part.channel().position() + slice.data().length() > part.size()) {
            drop(slice.id(), part);
            return;
        }
        part.digest().update(slice.data().array());
        ByteBuffer data = slice.data().buffer();
        while (data.hasRemaining()) {
            part.channel().write(data);
        }
    }

    private void finish(long id, Part part) throws IOException {
        if (!parts.containsKey(id)) {
            return;
        }
        if (!Digest.fromBytes(part.digest().digest()).equals(part.promised())) {
            drop(id, part);
            return;
        }
        parts.remove(id);
        part.channel().close();
        part.done().accept(part.file());
    }

    private void drop(long id, Part part) throws IOException {
        parts.remove(id);
        part.channel().close();
        Files.deleteIfExists(part.file());
        part.done().accept(null);
    }

    /** Forgets everything that was expected; nobody is told. */
    @Override
    public void close() throws IOException {
        for (Part part : parts.values()) {
            part.channel().close();
            Files.deleteIfExists(part.file());
        }
        parts.clear();
    }
}
