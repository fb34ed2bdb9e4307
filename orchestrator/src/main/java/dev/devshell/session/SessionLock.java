package dev.devshell.session;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Held by the one process that may own a project's session.
 *
 * <p>The kernel lets go of it when the process dies, however it does. The file stays: removing it would let two processes
 * hold locks on two files of one name.
 */
final class SessionLock implements Closeable {
    private final FileChannel channel;

    private SessionLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the lock, or returns nothing when another session holds it. */
    static Optional<SessionLock> tryTake(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isTaken(channel)) {
                return Optional.of(new SessionLock(channel));
            }
            channel.close();
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("locking " + file, e);
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            // Another session of this very process.
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("unlocking a session", e);
        }
    }
}
