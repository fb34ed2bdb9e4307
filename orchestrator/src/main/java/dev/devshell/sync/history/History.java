package dev.devshell.sync.history;

import dev.devshell.DevshellException;
import dev.devshell.sync.core.Digest;
import dev.devshell.sync.core.Node;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the sync replaced and deleted, and the way back to it. One process at a time opens a directory; any thread may call.
 *
 * <p>A lock orders the versions; large contents are written outside of it.
 */
public final class History implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(History.class);
    private static final byte[] NONE = {};
    private static final long SEGMENT_BYTES = 16L << 20;

    private final LargeContents large;
    private final Segments segments;
    private final List<HistoryEntry> entries = new ArrayList<>();
    private final Map<String, HistoryEntry> byId = new HashMap<>();
    private final Ids ids = new Ids();

    private History(Path directory, Retention retention, long segmentBytes) throws IOException {
        Private.directory(directory);
        large = new LargeContents(directory.resolve("large"), directory.resolve("unfinished"));
        segments = new Segments(directory, large, retention, segmentBytes);
        segments.entries().forEach(this::add);
    }

    /**
     * Opens a history; the directory is created when it is missing.
     *
     * @throws DevshellException.Failed {@code HISTORY} when it cannot be
     */
    public static History open(Path directory, Retention retention) {
        return open(directory, retention, SEGMENT_BYTES);
    }

    static History open(Path directory, Retention retention, long segmentBytes) {
        try {
            return new History(directory, retention, segmentBytes);
        } catch (IOException e) {
            throw new DevshellException.Failed(
                    "HISTORY",
                    "unable to open the history in " + directory,
                    String.valueOf(e.getMessage()),
                    "check its permissions and the space on its disk",
                    e);
        }
    }

    private void add(HistoryEntry entry) {
        entries.add(entry);
        byId.put(entry.id(), entry);
    }

    /**
     * Keeps a version. When this returns, killing the process does not lose it.
     *
     * <p>What counts for a file is the content as it is read, should the item's digest say something else.
     *
     * @return the id of the version
     * @throws HistoryException when it could not be kept; then nothing of it is in the history
     */
    public String put(HistoryItem item, VersionContent content) throws HistoryException {
        try {
            if (!(item.node() instanceof Node.File file)) {
                return append(item, 0, NONE);
            }
            try (InputStream in = content.open()) {
                byte[] head = in.readNBytes(Segments.LARGE);
                if (head.length < Segments.LARGE) {
                    return append(withContent(item, file, Digest.of(head)), head.length, head);
                }
                return append(item, file, large.write(head, in));
            }
        } catch (IOException e) {
            throw new HistoryException("unable to keep a version of " + item.path(), e);
        }
    }

    private static HistoryItem withContent(HistoryItem item, Node.File announced, Digest digest) {
        return item.withNode(new Node.File(digest, announced.executable()));
    }

    private synchronized String append(HistoryItem item, Node.File announced, LargeContents.Written written)
            throws IOException {
        large.keep(written);
        return append(withContent(item, announced, written.digest()), written.size(), NONE);
    }

    private synchronized String append(HistoryItem item, long size, byte[] content) throws IOException {
        HistoryEntry entry = new HistoryEntry(ids.next(byId::containsKey), item, size);
        segments.append(entry, content);
        add(entry);
        try {
            segments.trim(this::forget);
        } catch (IOException e) {
            LOG.warn("The history grows beyond what is retained, because its oldest part stays: {}", e.getMessage());
        }
        return entry.id();
    }

    private void forget(List<HistoryEntry> dropped) {
        dropped.forEach(old -> byId.remove(old.id()));
        entries.removeIf(entry -> !byId.containsKey(entry.id()));
    }

    /** Bounds the history otherwise, from the next version on. */
    public synchronized void retain(Retention retention) {
        segments.retain(retention);
    }

    /** Returns the versions that match, newest first. */
    public synchronized List<HistoryEntry> list(Predicate<HistoryItem> filter, int limit) {
        List<HistoryEntry> found = new ArrayList<>();
        for (int i = entries.size() - 1; i >= 0 && found.size() < limit; i--) {
            if (filter.test(entries.get(i).item())) {
                found.add(entries.get(i));
            }
        }
        return found;
    }

    /** Returns the versions of one path of one context, newest first. */
    public List<HistoryEntry> list(String context, String path, int limit) {
        return list(item -> item.context().equals(context) && item.path().equals(path), limit);
    }

    public synchronized Optional<HistoryEntry> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /**
     * Opens the content of a file's version.
     *
     * @throws FileNotFoundException when there is no such version, or it is not a file
     */
    public synchronized InputStream content(String id) throws IOException {
        HistoryEntry entry = find(id).orElseThrow(() -> new FileNotFoundException("no version " + id));
        if (entry.item().node() instanceof Node.File file) {
            return segments.content(file.digest());
        }
        throw new FileNotFoundException("the version is not a file: " + id);
    }

    @Override
    public synchronized void close() throws IOException {
        segments.close();
    }
}
