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
    /** An agent sends one large content after the other; each that has begun costs a file and an open descriptor. */
    private static final int MOST_BEGUN = 64;

    private static final int MOST_EXPECTED = 10_000;

    private final Map<Long, Promise> promises = new HashMap<>();
    private final Map<Long, Part> parts = new HashMap<>();

    private record Promise(Digest digest, long size, Consumer<@Nullable Path> done) {}

    Incoming(Path directory) {
        this.directory = directory;
    }

    private record Part(FileChannel channel, Path file, MessageDigest digest, Promise promise) {}

    /**
     * Expects slices under the id.
     *
     * @param done gets the file, which is its own from then on; or null when the content was given up or is not what was promised
     */
    void expect(long id, Digest promised, long size, Consumer<@Nullable Path> done) throws IOException {
        Files.createDirectories(directory);
        if (promises.size() >= MOST_EXPECTED || promises.containsKey(id)) {
            throw new BreachException("it promises more contents than it sends, or one twice");
        }
        promises.put(id, new Promise(promised, size, done));
    }

    private Part begin(Promise promise) throws IOException {
        if (parts.size() >= MOST_BEGUN) {
            throw new BreachException("it sends more than " + MOST_BEGUN + " contents at once");
        }
        Path file = Files.createTempFile(directory, "in-", "");
        return new Part(FileChannel.open(file, StandardOpenOption.WRITE), file, Digest.sha256(), promise);
    }

    /** Takes a slice; one that nobody expects is dropped. */
    void slice(AgentMessage.Slice slice) throws IOException {
        Promise promise = promises.get(slice.id());
        if (promise == null) {
            return;
        }
        Part part = parts.get(slice.id());
        if (part == null) {
            part = begin(promise);
            parts.put(slice.id(), part);
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
        if (part.channel().position() + slice.data().length() > part.promise().size()) {
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
        if (!Digest.fromBytes(part.digest().digest()).equals(part.promise().digest())) {
            drop(id, part);
            return;
        }
        parts.remove(id);
        promises.remove(id);
        part.channel().close();
        part.promise().done().accept(part.file());
    }

    private void drop(long id, Part part) throws IOException {
        parts.remove(id);
        promises.remove(id);
        part.channel().close();
        Files.deleteIfExists(part.file());
        part.promise().done().accept(null);
    }

    /** Forgets everything that was expected; nobody is told. */
    @Override
    public void close() throws IOException {
        for (Part part : parts.values()) {
            part.channel().close();
            Files.deleteIfExists(part.file());
        }
        parts.clear();
        promises.clear();
    }
}
