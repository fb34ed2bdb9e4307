package dev.devshell.sync;

import dev.devshell.DevshellException;
import dev.devshell.Sync.Version;
import dev.devshell.sync.core.Node;
import dev.devshell.sync.history.History;
import dev.devshell.sync.history.HistoryEntry;
import dev.devshell.sync.history.HistoryItem;
import dev.devshell.sync.history.Retention;
import dev.devshell.sync.history.VersionContent;
import dev.devshell.sync.host.HostContent;
import dev.devshell.sync.host.HostEntry;
import dev.devshell.sync.host.HostTree;
import dev.devshell.sync.host.HostWrite;
import dev.devshell.sync.host.Keeper;
import dev.devshell.sync.host.WriteResult;
import dev.devshell.sync.plan.HostPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the sync's writes displaced, on both sides, and the way back: an undo is an edit of the host like any other (rule 1). */
final class Versions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Versions.class);
    private static final int TRIES = 3;
    private static final int TOLD = 5;
    private static final int MOST_COPIES = 100;

    private final History history;
    private final Path scratch;
    private final Map<Path, HostTree> copied = new ConcurrentHashMap<>();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "devshell-history");
        thread.setDaemon(true);
        return thread;
    });

    Versions(History history, Path scratch) {
        this.history = history;
        this.scratch = scratch;
    }

    void retain(Retention retention) {
        history.retain(retention);
    }

    /** Returns what keeps the host's versions under a context; it is done when it returns. */
    Keeper keeper(Path context) {
        return (path, old, content, reason, label) -> {
            boolean conflict = reason == Keeper.Reason.RACED || (label instanceof WriteLabel l && l.conflict());
            String service = label instanceof WriteLabel l ? l.service() : "";
            HistoryItem.Reason why = label instanceof UndoLabel
                    ? HistoryItem.Reason.UNDONE
                    : why(conflict, reason == Keeper.Reason.DELETED);
            history.put(
                    new HistoryItem(
                            path,
                            context.toString(),
                            HistoryItem.Side.HOST,
                            service,
                            "",
                            why,
                            old.node(),
                            old.mode(),
                            Instant.now()),
                    content::open);
        };
    }

    /** Returns what keeps the versions of one container; on a thread of its own. */
    Archive of(String service, String containerId) {
        return (displacement, done) -> worker.execute(() -> keep(service, containerId, displacement, done));
    }

    private void keep(
            String service, String containerId, Displacement displacement, Consumer<@Nullable Throwable> done) {
        HostPath host = displacement.host();
        HistoryItem item = new HistoryItem(
                host.path(),
                host.context().toString(),
                HistoryItem.Side.CONTAINER,
                service,
                containerId,
                why(displacement.conflict(), displacement.deleted()),
                displacement.entry().node(),
                displacement.entry().mode(),
                Instant.now());
        try {
            String id = history.put(item, content(displacement));
            if (displacement.file() != null) {
                Files.deleteIfExists(displacement.file());
            }
            done.accept(null);
            HostTree tree = displacement.conflict() ? copied.remove(host.toPath()) : null;
            if (tree != null) {
                history.find(id).ifPresent(entry -> copyBeside(entry, tree));
            }
        } catch (IOException e) {
            done.accept(e);
        }
    }

    private static HistoryItem.Reason why(boolean conflict, boolean deleted) {
        if (conflict) {
            return HistoryItem.Reason.CONFLICT;
        }
        return deleted ? HistoryItem.Reason.DELETED : HistoryItem.Reason.REPLACED;
    }

    private static VersionContent content(Displacement displacement) {
        if (displacement.bytes() != null) {
            return VersionContent.of(displacement.bytes());
        }
        return displacement.file() != null ? VersionContent.of(displacement.file()) : VersionContent.none();
    }

    /** Puts the container's version of the next conflict at this path beside the host's, under a name that says so. */
    void copyNextConflictOf(Path path, HostTree tree) {
        copied.put(path, tree);
    }

    /** Under a name that is free: whatever else has one like it stays. */
    private void copyBeside(HistoryEntry entry, HostTree tree) {
        String beside = entry.item().path() + ".container";
        WriteResult result = create(entry, tree, beside);
        for (int n = 2; n <= MOST_COPIES && result instanceof WriteResult.Mismatch; n++) {
            result = create(entry, tree, beside + "-" + n);
        }
        if (!(result instanceof WriteResult.Applied)) {
            LOG.warn("{} cannot be written; it is version {} in the history: {}", beside, entry.id(), result);
        }
    }

    private WriteResult create(HistoryEntry entry, HostTree tree, String path) {
        HistoryItem item = entry.item();
        return tree.write(new HostWrite(
                        path, Node.absent(), item.node(), content(entry), item.mode(), 0, new UndoLabel(entry.id())))
                .join();
    }

    List<Version> list(Optional<Path> path, int limit) {
        return history.list(item -> path.isEmpty() || file(item).equals(path.get()), limit).stream()
                .map(Versions::version)
                .toList();
    }

    private static Path file(HistoryItem item) {
        return Path.of(item.context()).resolve(item.path());
    }

    private static Version version(HistoryEntry entry) {
        HistoryItem item = entry.item();
        return new Version(
                entry.id(),
                file(item),
                item.side().name().toLowerCase(Locale.ROOT),
                item.service(),
                item.reason().name().toLowerCase(Locale.ROOT),
                kind(item.node()),
                entry.size(),
                item.when().toString());
    }

    private static String kind(Node node) {
        if (node instanceof Node.File) {
            return "file";
        }
        return node instanceof Node.Link ? "link" : "directory";
    }

    /**
     * Puts a version back in its place on the host.
     *
     * @param trees finds the tree that a file is in
     */
    Version undo(Optional<String> id, Function<Path, HostTree> trees) {
        HistoryEntry entry = id.isPresent()
                ? history.find(id.get()).orElseThrow(() -> noVersion("there is no version " + id.get()))
                : history.list(item -> true, 1).stream()
                        .findFirst()
                        .orElseThrow(() -> noVersion("the history is empty"));
        return undo(entry, trees);
    }

    /** Puts back what each path of the host held at a time, as far as it was taken from there since; parents first. */
    List<Version> undo(Instant since, Function<Path, HostTree> trees) {
        NavigableMap<Path, HistoryEntry> then = new TreeMap<>();
        // newest first, so that the oldest of a path remains
        for (HistoryEntry entry : history.list(item -> isOf(item, since), Integer.MAX_VALUE)) {
            then.put(file(entry.item()), entry);
        }
        List<Version> undone = new ArrayList<>();
        List<DevshellException> failures = new ArrayList<>();
        for (HistoryEntry entry : then.values()) {
            try {
                undone.add(undo(entry, trees));
            } catch (DevshellException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw notAllUndone(undone.size(), failures);
        }
        return undone;
    }

    private static boolean isOf(HistoryItem item, Instant since) {
        return item.side() == HistoryItem.Side.HOST && !item.when().isBefore(since);
    }

    private static DevshellException notAllUndone(int undone, List<DevshellException> failures) {
        return new DevshellException.Failed(
                "NOT-UNDONE",
                failures.size() + " paths were not brought back, " + undone + " were",
                failures.stream()
                        .limit(TOLD)
                        .map(e -> e.what() + ": " + e.why())
                        .collect(Collectors.joining("; ")),
                "see to that, then run devshell sync undo again");
    }

    private Version undo(HistoryEntry entry, Function<Path, HostTree> trees) {
        Path file = file(entry.item());
        HostTree tree = trees.apply(file);
        String path = tree.root().relativize(file).toString();
        for (int tried = 0; tried < TRIES; tried++) {
            WriteResult result = put(entry, tree, path);
            if (result instanceof WriteResult.Applied) {
                return version(entry);
            }
            if (!(result instanceof WriteResult.Mismatch)) {
                throw notUndone(file, result);
            }
        }
        throw notUndone(file, new WriteResult.Failed(WriteResult.Code.IO, "it keeps changing"));
    }

    private WriteResult put(HistoryEntry entry, HostTree tree, String path) {
        HostEntry now = tree.entry(path);
        HistoryItem item = entry.item();
        return tree.write(new HostWrite(
                        path, now.node(), item.node(), content(entry), item.mode(), 0, new UndoLabel(entry.id())))
                .join();
    }

    private HostContent content(HistoryEntry entry) {
        if (!(entry.item().node() instanceof Node.File)) {
            return HostContent.none();
        }
        try (InputStream in = history.content(entry.id())) {
            Files.createDirectories(scratch);
            Path staged = Files.createTempFile(scratch, "undo-", "");
            Files.copy(in, staged, StandardCopyOption.REPLACE_EXISTING);
            return new HostContent.Staged(staged);
        } catch (IOException e) {
            throw new DevshellException.Failed(
                    "HISTORY",
                    "version " + entry.id() + " cannot be read from the history",
                    String.valueOf(e.getMessage()),
                    "devshell sync history",
                    e);
        }
    }

    private static DevshellException noVersion(String what) {
        return new DevshellException.Usage("NO-VERSION", what, "", "devshell sync history lists what can be undone");
    }

    private static DevshellException notUndone(Path file, WriteResult result) {
        String why = result instanceof WriteResult.Failed failed
                ? failed.message()
                : "a directory that is not empty is in its way";
        return new DevshellException.Failed(
                "NOT-UNDONE", file + " was not brought back", why, "see to that, then run devshell sync undo again");
    }

    @Override
    public void close() {
        worker.shutdown();
        try {
            if (!worker.awaitTermination(5, java.util.concurrent.TimeUnit.SECONDS)) {
                LOG.warn("Some versions did not reach the history in time; their containers still hold them");
            }
            history.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("The history did not close cleanly: {}", e.getMessage());
        }
    }

    /** Goes with the write of an undo. */
    private record UndoLabel(String id) {}
}
