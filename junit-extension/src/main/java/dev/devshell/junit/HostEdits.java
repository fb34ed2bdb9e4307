package dev.devshell.junit;

import dev.devshell.DevshellException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What tests have written to files of the host: for each file a pile, so that tests that run at the same time can put back what is
 * theirs in any order.
 */
final class HostEdits implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostEdits.class);

    private static final String OWN_FILES = "dev.devshell.watch.own-files";

    private final Map<Path, List<Layer>> piles = new HashMap<>();

    /** Writes a file, as an editor does. */
    synchronized Edit write(Path file, String text) {
        Layer layer = new Layer(file, text.getBytes(StandardCharsets.UTF_8), before(file), missingAbove(file));
        tellWatchMode(file);
        try {
            Files.createDirectories(file.resolveSibling(""));
            Files.write(file, layer.written);
        } catch (IOException e) {
            throw cannot("write", file, e);
        }
        piles.computeIfAbsent(file, key -> new ArrayList<>()).add(layer);
        return layer;
    }

    /** Watch mode runs tests again for an edit, but not for their own: those are in this set, which is the JVM's. */
    @SuppressWarnings("unchecked")
    private static void tellWatchMode(Path file) {
        Object own = System.getProperties().computeIfAbsent(OWN_FILES, missing -> ConcurrentHashMap.newKeySet());
        ((Set<Object>) own).add(file.toString());
    }

    private static Optional<byte[]> before(Path file) {
        try {
            return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            throw cannot("read", file, e);
        }
    }

    private static Deque<Path> missingAbove(Path file) {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path at = file.getParent(); at != null && !Files.exists(at); at = at.getParent()) {
            missing.addLast(at);
        }
        return missing;
    }

    /** Puts back all that still stands; what is to be kept is kept. */
    @Override
    public synchronized void close() {
        List<Layer> open = new ArrayList<>();
        piles.values().forEach(open::addAll);
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).putBack();
        }
    }

    private synchronized void forget(Layer layer, boolean restore) {
        List<Layer> pile = piles.getOrDefault(layer.file, List.of());
        int at = pile.indexOf(layer);
        if (at < 0) {
            return;
        }
        pile.remove(at);
        if (at < pile.size()) {
            // Another test has written over it: what it puts back is what was there before both.
            pile.get(at).before = restore ? layer.before : Optional.of(layer.written);
        } else if (restore) {
            restore(layer);
        }
        if (pile.isEmpty()) {
            piles.remove(layer.file);
        }
    }

    private static void restore(Layer layer) {
        try {
            if (!Files.exists(layer.file) || !Arrays.equals(Files.readAllBytes(layer.file), layer.written)) {
                LOG.warn("{} was changed after a test had written it: it is left as it is", layer.file);
                return;
            }
            if (layer.before.isPresent()) {
                Files.write(layer.file, layer.before.get());
                return;
            }
            Files.delete(layer.file);
            for (Path directory : layer.made) {
                Files.deleteIfExists(directory);
            }
        } catch (IOException e) {
            throw cannot("put back", layer.file, e);
        }
    }

    private static DevshellException cannot(String verb, Path file, IOException cause) {
        return new DevshellException.Failed(
                "EDIT-FAILED",
                "cannot " + verb + " " + file,
                String.valueOf(cause),
                "look at the file and its directory",
                cause);
    }

    /** One write of one test. */
    private final class Layer implements Edit {
        private final Path file;
        private final byte[] written;
        private final Deque<Path> made;
        private Optional<byte[]> before;

        private Layer(Path file, byte[] written, Optional<byte[]> before, Deque<Path> made) {
            this.file = file;
            this.written = written;
            this.before = before;
            this.made = made;
        }

        @Override
        public Path path() {
            return file;
        }

        @Override
        public Edit keep() {
            forget(this, false);
            return this;
        }

        @Override
        public void putBack() {
            forget(this, true);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
