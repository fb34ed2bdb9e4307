package dev.devshell.sync.history;

import dev.devshell.sync.content.BlockHasher;
import dev.devshell.sync.core.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** The contents that are too large for a segment: files named by their digest, each whole or not there. */
final class LargeContents {
    private final Path directory;
    private final Path unfinished;
    private final AtomicLong number = new AtomicLong();

    LargeContents(Path directory, Path unfinished) throws IOException {
        this.directory = Private.directory(directory);
        this.unfinished = Private.directory(unfinished);
        try (var left = Files.newDirectoryStream(unfinished)) {
            for (Path file : left) {
                Files.delete(file);
            }
        }
    }

    /** A content that is written whole, and not in its place yet. */
    record Written(Path file, Digest digest, long size) {}

    /** Writes what is in {@code head} and what follows it. */
    Written write(byte[] head, InputStream rest) throws IOException {
        Path next = unfinished.resolve(Long.toString(number.incrementAndGet()));
        BlockHasher hasher = new BlockHasher();
        try (OutputStream out = create(next)) {
            byte[] chunk = head;
            int length = head.length;
            while (length > 0) {
                hasher.update(chunk, 0, length);
                out.write(chunk, 0, length);
                length = rest.readNBytes(chunk, 0, chunk.length);
            }
        } catch (IOException e) {
            Files.deleteIfExists(next);
            throw e;
        }
        BlockHasher.Hashed hashed = hasher.finish();
        return new Written(next, hashed.digest(), hashed.size());
    }

    /** Puts a content in its place. */
    void keep(Written written) throws IOException {
        Files.move(written.file(), file(written.digest()), StandardCopyOption.ATOMIC_MOVE);
    }

    private static OutputStream create(Path file) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return Channels.newOutputStream(FileChannel.open(file, options, Private.fileAttributes()));
    }

    InputStream open(Digest digest) throws IOException {
        return Files.newInputStream(file(digest));
    }

    void delete(Digest digest) throws IOException {
        Files.deleteIfExists(file(digest));
    }

    /** Deletes what no version refers to. */
    void retain(Predicate<String> isWanted) throws IOException {
        try (var files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (!isWanted.test(file.getFileName().toString())) {
                    Files.delete(file);
                }
            }
        }
    }

    private Path file(Digest digest) {
        return directory.resolve(digest.toHex());
    }
}
