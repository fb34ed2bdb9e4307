package dev.devshell.sync.host;

import dev.devshell.sync.core.Digest;
import dev.devshell.sync.core.Node;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A tree in a directory of its own, with everything that it tells written down.
 *
 * <pre>
 * base/
 *   root/    the tree
 *   state/   its private directory
 *   out/     not in the tree
 * </pre>
 */
final class TreeFixture implements AutoCloseable {
    final Path base;
    final Path root;
    final Path out;
    final Recorder recorder = new Recorder();
    final List<Kept> kept = new CopyOnWriteArrayList<>();
    Platform platform = Platform.best();
    Ignored ignored = Ignored.NOTHING;
    Keeper keeper = this::keep;

    private @Nullable HostTree tree;

    TreeFixture(Path base) throws IOException {
        this.base = base;
        root = Files.createDirectories(base.resolve("root"));
        out = Files.createDirectories(base.resolve("out"));
    }

    record Kept(
            String path,
            HostEntry entry,
            String content,
            Keeper.Reason reason,
            @Nullable Object label) {}

    private void keep(
            String path, HostEntry old, Keeper.OldContent content, Keeper.Reason reason, @Nullable Object label)
            throws IOException {
        String text = "";
        if (old.node() instanceof Node.File) {
            try (InputStream in = content.open()) {
                text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
        kept.add(new Kept(path, old, text, reason, label));
    }

    /** Opens the tree and waits for its first scan. */
    HostTree open() {
        HostTree opened = HostTree.open(
                new HostTreeOptions(
                        root,
                        (path, directory) -> ignored.of(path, directory),
                        path -> path.equals(".git") || path.startsWith(".git/"),
                        base.resolve("state"),
                        (a, b, c, d, e) -> keeper.keep(a, b, c, d, e)),
                platform);
        tree = opened;
        await(opened.ready());
        opened.subscribe(recorder);
        return opened;
    }

    HostTree tree() {
        if (tree == null) {
            throw new IllegalStateException("not open");
        }
        return tree;
    }

    void barrier() {
        await(tree().barrier());
    }

    WriteResult write(HostWrite write) {
        return await(tree().write(write));
    }

    /** Everything that the tree holds. */
    Map<String, Node> snapshot() {
        return await(tree().onTree(() -> {
            Map<String, Node> all = new TreeMap<>();
            tree().forEachBelow("", (path, entry) -> all.put(path, entry.node()));
            all.remove("");
            return all;
        }));
    }

    Path put(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    String text(String path) throws IOException {
        return Files.readString(root.resolve(path));
    }

    static Node file(String text) {
        return new Node.File(Digest.of(text.getBytes(StandardCharsets.UTF_8)), false);
    }

    static HostWrite writing(String path, Node expected, String text) {
        return new HostWrite(
                path, expected, file(text), HostContent.of(text.getBytes(StandardCharsets.UTF_8)), 0, 0, "label");
    }

    static <T> T await(java.util.concurrent.Future<T> future) {
        try {
            return future.get(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (tree != null) {
            tree.close();
        }
    }

    /** Writes down what a tree tells. */
    static final class Recorder implements HostListener {
        final List<HostChange> changes = new CopyOnWriteArrayList<>();
        final List<String> rescans = new CopyOnWriteArrayList<>();
        final List<String> problems = new CopyOnWriteArrayList<>();

        @Override
        public void changed(List<HostChange> batch) {
            changes.addAll(batch);
        }

        @Override
        public void rescanned(String why) {
            rescans.add(why);
        }

        @Override
        public void problem(String path, ProblemCode code, String message) {
            problems.add(code + " " + path);
        }

        List<String> paths() {
            return changes.stream().map(HostChange::path).toList();
        }

        /** The last that was told of each path. */
        Map<String, Node> last() {
            Map<String, Node> last = new TreeMap<>();
            for (HostChange change : new ArrayList<>(changes)) {
                last.put(change.path(), change.entry().node());
            }
            return last;
        }
    }
}
