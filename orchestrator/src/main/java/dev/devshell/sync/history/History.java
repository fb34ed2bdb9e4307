package dev.devshell.sync.history;

import dev.devshell.DevshellException;
import dev.devshell.sync.core.Node;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the sync replaced and deleted, and the way back to it. One process at a time opens a directory; any thread may call.
 *
 * <p>A lock orders the lines of the log; contents are written outside of it.
 */
public final class History implements AutoCloseable {
    private static final int ID_BYTES = 4;

    private final Contents contents;
    private final HistoryLog log;
    private final List<HistoryEntry> entries = new ArrayList<>();
    private final Map<String, HistoryEntry> byId = new HashMap<>();
    private final SecureRandom random = new SecureRandom();

    private History(Path directory) throws IOException {
        Private.directory(directory);
        contents = new Contents(directory.resolve("objects"), directory.resolve("unfinished"));
        log = new HistoryLog(directory.resolve("log.jsonl"));
        log.load(this::add);
    }

    /**
     * Opens a history; the directory is created when it is missing.
     *
     * @throws DevshellException.Failed {@code HISTORY} when it cannot be
     */
    public static History open(Path directory) {
        try {
            return new History(directory);
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
                return append(item, 0);
            }
            Contents.Stored stored = contents.put(content);
            return append(item.withNode(new Node.File(stored.digest(), file.executable())), stored.size());
        } catch (IOException e) {
            throw new HistoryException("unable to keep a version of " + item.path(), e);
        }
    }

    private synchronized String append(HistoryItem item, long size) throws IOException {
        HistoryEntry entry = new HistoryEntry(newId(), item, size);
        log.append(HistoryLine.write(entry));
        add(entry);
        return entry.id();
    }

    private String newId() {
        byte[] bytes = new byte[ID_BYTES];
        String id;
        do {
            random.nextBytes(bytes);
            id = HexFormat.of().formatHex(bytes);
        } while (byId.containsKey(id));
        return id;
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
    public InputStream content(String id) throws IOException {
        HistoryEntry entry = find(id).orElseThrow(() -> new FileNotFoundException("no version " + id));
        if (entry.item().node() instanceof Node.File file) {
            return Files.newInputStream(contents.file(file.digest()));
        }
        throw new FileNotFoundException("the version is not a file: " + id);
    }

    @Override
    public synchronized void close() throws IOException {
        log.close();
    }
}
