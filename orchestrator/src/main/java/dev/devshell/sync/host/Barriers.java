package dev.devshell.sync.host;

import dev.devshell.DevshellException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The barriers under way, each with a cookie: a file in a private directory under the same watcher, whose event comes after
 * the events of all that was written before (as Watchman does it).
 */
final class Barriers {
    private static final Logger LOG = LoggerFactory.getLogger(Barriers.class);

    private final Path directory;
    private final AtomicLong number = new AtomicLong();
    private final Map<String, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Barriers(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectories(directory);
        try (var left = Files.newDirectoryStream(directory)) {
            for (Path cookie : left) {
                Files.delete(cookie);
            }
        }
    }

    /** Cancels every barrier, and those that are still to come. */
    void close() {
        closed = true;
        takeAll().forEach(b -> b.cancel(false));
    }

    Path directory() {
        return directory;
    }

    /** Writes a cookie. It is known before it is there, so an overflow that swallows its event finds it. */
    CompletableFuture<Void> begin() {
        String name = "cookie-" + number.incrementAndGet();
        CompletableFuture<Void> done = new CompletableFuture<>();
        waiting.put(name, done);
        try {
            Files.createFile(directory.resolve(name));
            if (closed) {
                takeAll().forEach(b -> b.cancel(false));
            }
        } catch (IOException e) {
            waiting.remove(name);
            done.completeExceptionally(new DevshellException.Failed(
                    "HOST-BARRIER",
                    "it cannot be told whether everything on the host has been seen",
                    "no file can be made in " + directory + ": " + e.getMessage(),
                    "check the space and the permissions there, and try again",
                    e));
        }
        return done;
    }

    /** Takes the barrier of a cookie; null when it is none, or was taken before. */
    @Nullable
    CompletableFuture<Void> take(String name) {
        CompletableFuture<Void> done = waiting.remove(name);
        try {
            if (done != null) {
                Files.deleteIfExists(directory.resolve(name));
            }
        } catch (IOException e) {
            // the next start deletes it
            LOG.warn("Unable to delete a cookie", e);
        }
        return done;
    }

    /** Takes every barrier that was begun so far. */
    List<CompletableFuture<Void>> takeAll() {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (String name : List.copyOf(waiting.keySet())) {
            CompletableFuture<Void> done = take(name);
            if (done != null) {
                all.add(done);
            }
        }
        return all;
    }
}
