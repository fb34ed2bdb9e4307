package dev.devshell.sync.history;

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
import java.security.MessageDigest;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Contents by their digest: {@code objects/ab/cdef...}, each whole or not there. */
final class Contents {
    private static final int IN_MEMORY = 64 * 1024;

    private final Path directory;
    private final Path unfinished;
    private final AtomicLong number = new AtomicLong();

    Contents(Path directory, Path unfinished) throws IOException {
        this.directory = Private.directory(directory);
        this.unfinished = Private.directory(unfinished);
        try (var left = Files.newDirectoryStream(unfinished)) {
            for (Path file : left) {
                Files.delete(file);
            }
        }
    }

    /** A content that is kept. */
    record Stored(Digest digest, long size) {}

    Stored put(VersionContent content) throws IOException {
        try (InputStream in = content.open()) {
            byte[] head = in.readNBytes(IN_MEMORY);
            if (head.length < IN_MEMORY) {
                Digest digest = Digest.of(head);
                if (!Files.exists(file(digest))) {
                    write(digest, head);
                }
                return new Stored(digest, head.length);
            }
            return stream(head, in);
        }
    }

    private void write(Digest digest, byte[] bytes) throws IOException {
        Path next = next();
        try {
            try (OutputStream out = create(next)) {
                out.write(bytes);
            }
            moveIn(next, digest);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private Stored stream(byte[] head, InputStream rest) throws IOException {
        Path next = next();
        MessageDigest sha256 = Digest.sha256();
        long size = 0;
        try {
            try (OutputStream out = create(next)) {
                byte[] chunk = head;
                int length = head.length;
                while (length > 0) {
                    sha256.update(chunk, 0, length);
                    out.write(chunk, 0, length);
                    size += length;
                    length = rest.readNBytes(chunk, 0, chunk.length);
                }
            }
            Digest digest = Digest.fromBytes(sha256.digest());
            moveIn(next, digest);
            return new Stored(digest, size);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private void moveIn(Path next, Digest digest) throws IOException {
        Path file = file(digest);
        Path parent = directory.resolve(digest.toHex().substring(0, 2));
        if (!Files.isDirectory(parent)) {
            Private.directory(parent);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path next() {
        return unfinished.resolve(ProcessHandle.current().pid() + "-" + number.incrementAndGet());
    }

    private static OutputStream create(Path file) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return Channels.newOutputStream(FileChannel.open(file, options, Private.fileAttributes()));
    }

    /** Returns where a content is, or would be. */
    Path file(Digest digest) {
        String hex = digest.toHex();
        return directory.resolve(hex.substring(0, 2)).resolve(hex.substring(2));
    }
}
