package dev.devshell.sync;

import dev.devshell.sync.host.HostTree;
import dev.devshell.sync.host.HostWrite;
import dev.devshell.sync.host.WriteResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Deletions on the host that were decided together, so that those in one directory are made together: the directory is opened once, and the session hears of
 * all at once. The session's loop owns it.
 */
final class HostDeletions {
    /** An edit of the developer waits at most for so many. */
    private static final int AT_ONCE = 32;

    private final Function<Operation, HostTree> trees;
    private final Executor loop;
    private final String service;
    private final Map<Directory, List<Operation>> waiting = new LinkedHashMap<>();

    private record Directory(Path context, String path) {
        int depth() {
            return path.isEmpty()
                    ? 0
                    : 1 + (int) path.chars().filter(c -> c == '/').count();
        }
    }

    HostDeletions(String service, Function<Operation, HostTree> trees, Executor loop) {
        this.service = service;
        this.trees = trees;
        this.loop = loop;
    }

    void add(Operation operation) {
        String path = operation.host().path();
        String parent = path.substring(0, Math.max(0, path.lastIndexOf('/')));
        waiting.computeIfAbsent(new Directory(operation.host().context(), parent), missing -> new ArrayList<>())
                .add(operation);
    }

    /** Asks the trees for all of them, what is deeper first. */
    void flush(BiConsumer<Long, WriteResult> written) {
        if (waiting.isEmpty()) {
            return;
        }
        List<Directory> deepestFirst = new ArrayList<>(waiting.keySet());
        deepestFirst.sort(Comparator.comparingInt(Directory::depth).reversed());
        for (Directory directory : deepestFirst) {
            List<Operation> all = waiting.get(directory);
            for (int from = 0; all != null && from < all.size(); from += AT_ONCE) {
                ask(List.copyOf(all.subList(from, Math.min(all.size(), from + AT_ONCE))), written);
            }
        }
        waiting.clear();
    }

    private void ask(List<Operation> some, BiConsumer<Long, WriteResult> written) {
        List<HostWrite> deletions = some.stream()
                .map(operation -> HostWrite.delete(
                        operation.host().path(), operation.expected(), new WriteLabel(service, operation.conflict())))
                .toList();
        var unused = trees.apply(some.get(0))
                .delete(deletions)
                .whenCompleteAsync((results, failure) -> told(some, results, failure, written), loop);
    }

    private static void told(
            List<Operation> some,
            @Nullable List<WriteResult> results,
            @Nullable Throwable failure,
            BiConsumer<Long, WriteResult> written) {
        for (int i = 0; i < some.size(); i++) {
            WriteResult result = results != null
                    ? results.get(i)
                    : new WriteResult.Failed(WriteResult.Code.IO, String.valueOf(failure));
            written.accept(some.get(i).id(), result);
        }
    }
}
