package dev.devshell.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for what arrives on the other side by looking again and again.
 *
 * <p>A pause between looks keeps the second core free; with the kernel's timer slack a look comes about every 70 microseconds.
 */
final class Arrival {
    private static final long PAUSE_NANOS = 20_000;

    private Arrival() {}

    @FunctionalInterface
    interface Look {
        boolean there() throws IOException;
    }

    /** Returns the milliseconds from {@code since} until the look is true. */
    static double await(String what, Look look, long since, Duration limit) throws IOException, TimeoutException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!look.there()) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(what + " was not there after " + limit.toSeconds() + " s");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return (System.nanoTime() - since) / 1e6;
    }

    static double content(Path file, byte[] expected, long since, Duration limit) throws IOException, TimeoutException {
        return await(file.toString(), () -> holds(file, expected), since, limit);
    }

    /** Each is looked at until it is there and then never again, so that looking costs as little as may be. */
    static double all(Path root, List<Contents.Planned> files, long since, Duration limit)
            throws IOException, TimeoutException {
        for (Contents.Planned file : files) {
            content(root.resolve(file.path()), file.content(), since, limit);
        }
        return (System.nanoTime() - since) / 1e6;
    }

    static double gone(Path root, List<Contents.Planned> files, long since, Duration limit)
            throws IOException, TimeoutException {
        for (Contents.Planned file : files) {
            Path path = root.resolve(file.path());
            await(path + " gone", () -> Files.notExists(path, LinkOption.NOFOLLOW_LINKS), since, limit);
        }
        return (System.nanoTime() - since) / 1e6;
    }

    /** Returns whether a large file has its full size and the expected bytes at a position. */
    static boolean holdsAt(Path file, long size, long position, byte[] expected) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate(expected.length);
            return channel.size() == size
                    && channel.read(bytes, position) == expected.length
                    && Arrays.equals(bytes.array(), expected);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static boolean holds(Path file, byte[] expected) throws IOException {
        try {
            return Arrays.equals(Files.readAllBytes(file), expected);
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
