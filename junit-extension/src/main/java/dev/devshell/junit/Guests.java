package dev.devshell.junit;

import dev.devshell.DevshellException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The test runs that use one session, so that the one that holds it does not take it from under the others.
 *
 * <p>Each holds a lock on a file of its own, which the kernel lets go of however the process ends. The one that is closing holds
 * another lock, and who arrives meanwhile waits at the door until it is done: the session is then either there to stay or gone.
 */
final class Guests implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Guests.class);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int PAUSE_MILLIS = 100;
    private static final String CLOSING = "closing";

    private final Path directory;
    private final Path file;
    private final FileChannel own;

    private Guests(Path directory, Path file, FileChannel own) {
        this.directory = directory;
        this.file = file;
        this.own = own;
    }

    /** Arrives, before the session is looked for. */
    static Guests arrive(Path state) {
        Path directory = state.resolve("tests");
        Path file = directory.resolve("guest-" + UUID.randomUUID());
        try {
            Files.createDirectories(directory);
            FileChannel own = open(file);
            own.lock();
            Guests guests = new Guests(directory, file, own);
            guests.holding(directory.resolve(CLOSING), () -> {});
            return guests;
        } catch (IOException e) {
            throw cannot(directory, e);
        }
    }

    /** Runs {@code takedown} when no other test run uses the session any more. */
    void afterTheOthers(Runnable takedown) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        boolean[] done = {false};
        while (!done[0]) {
            boolean late = System.nanoTime() > deadline;
            holding(directory.resolve(CLOSING), () -> {
                if (others().isEmpty() || late) {
                    done[0] = true;
                    takedown.run();
                }
            });
            if (!done[0]) {
                pause();
            }
        }
    }

    private List<Path> others() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(other -> other.getFileName().toString().startsWith("guest-"))
                    .filter(other -> !other.equals(file) && isHeld(other))
                    .toList();
        } catch (IOException e) {
            throw cannot(directory, e);
        }
    }

    /** Takes away what a killed run left. */
    private static boolean isHeld(Path other) {
        try (FileChannel channel = FileChannel.open(other, StandardOpenOption.WRITE)) {
            if (channel.tryLock() == null) {
                return true;
            }
            Files.deleteIfExists(other);
            return false;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (IOException e) {
            LOG.debug("{} has just left: {}", other, e.toString());
            return false;
        }
    }

    private void holding(Path lock, Runnable action) {
        try (FileChannel channel = open(lock)) {
            while (!isTaken(channel)) {
                pause();
            }
            action.run();
        } catch (IOException e) {
            throw cannot(lock, e);
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevshellException.Interrupted("interrupted while other test runs used the session");
        }
    }

    private static DevshellException cannot(Path path, IOException cause) {
        return new DevshellException.Failed(
                "NO-STATE", "cannot lock " + path, String.valueOf(cause), "devshell doctor", cause);
    }

    /** Leaves. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
            own.close();
        } catch (IOException e) {
            throw cannot(file, e);
        }
    }
}
