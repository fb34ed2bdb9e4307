package dev.devshell.sync.host;

import dev.devshell.DevshellException;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * A directory of the host with everything below it: watched, and written with compare and swap.
 *
 * <p>Paths are relative to the root and separated by {@code /}; the root is the empty string. Everything that happens is
 * told on the tree's one thread, in order. Methods may be called from any thread unless they say otherwise.
 */
public final class HostTree implements AutoCloseable {
    private final HostTreeOptions options;
    private final Loop loop;
    private final Teller teller;
    private final Tree tree;
    private final Writer writer;
    private final Barriers barriers;
    private final Activity activity;

    private HostTree(HostTreeOptions options, Platform platform) throws IOException {
        this.options = options;
        loop = new Loop("devshell-host-tree");
        teller = new Teller();
        Path state = Files.createDirectories(options.stateDirectory());
        barriers = new Barriers(state.resolve("cookies"));
        Watcher watcher = platform.watcher(options.root(), this::heard);
        int cookies = watcher.watch(barriers.directory());
        tree = new Tree(options.root(), () -> platform.root(options.root()), options.ignored(), watcher, teller, loop);
        writer = new Writer(tree, teller, options.protects(), options.keeper());
        activity = new Activity(new Activity.Parts(
                options.root(),
                platform,
                tree,
                teller,
                barriers,
                new DigestCache(state.resolve("digests"), options.root()),
                new Recovery(tree, options.keeper()),
                cookies,
                watcher.ordered()));
    }

    /**
     * Watches and scans a directory.
     *
     * @throws DevshellException.Failed {@code HOST-TREE} when it cannot be opened or watched
     */
    public static HostTree open(HostTreeOptions options) {
        return open(options, Platform.best());
    }

    static HostTree open(HostTreeOptions options, Platform platform) {
        try {
            HostTree tree = new HostTree(options, platform);
            tree.loop.start(tree.activity);
            return tree;
        } catch (IOException e) {
            throw new DevshellException.Failed(
                    "HOST-TREE",
                    "unable to watch " + options.root(),
                    String.valueOf(e.getMessage()),
                    "check that it is a directory that you can read; where the limit of inotify instances is reached: "
                            + "sudo sysctl fs.inotify.max_user_instances=1024",
                    e);
        }
    }

    private void heard(int watch, Watcher.What what, String name) {
        if (!TemporaryName.is(name)) {
            loop.event(watch, what, name);
        }
    }

    public Path root() {
        return options.root();
    }

    /** Completes on the tree's thread when everything was looked at once; events were recorded from before that. */
    public CompletableFuture<Void> ready() {
        return activity.ready().copy();
    }

    /** Returns how many directories are watched. */
    public int watched() {
        return tree.watches().watched();
    }

    /** Returns how many directories are polled because the limit of watches is reached. */
    public int polled() {
        return tree.watches().polled();
    }

    /** Tells the listener what happens from now on, and the problems that stand. */
    public void subscribe(HostListener listener) {
        int said = tree.said();
        teller.subscribe(listener);
        loop.task(() -> tree.tellProblems(listener, said));
    }

    public void unsubscribe(HostListener listener) {
        teller.unsubscribe(listener);
    }

    /** Returns what stood at a path at the last look; absent for what is ignored. */
    public HostEntry entry(String path) {
        return tree.snapshot().view(path);
    }

    /**
     * Runs something on the tree's thread, where the snapshot holds still: after what was told, before what will be.
     * Subscribing in there misses nothing and hears nothing twice.
     */
    public <T> CompletableFuture<T> onTree(Supplier<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        boolean queued = loop.task(() -> {
            try {
                result.complete(task.get());
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return queued ? result : closed(result);
    }

    /**
     * Visits what stands at {@code path} and everything below it, parents first, in the order of names. On the tree's thread
     * only.
     */
    public void forEachBelow(String path, BiConsumer<String, HostEntry> visitor) {
        if (!loop.onThread()) {
            throw new IllegalStateException("only on the tree's thread, but was: " + Thread.currentThread());
        }
        tree.snapshot().walk(path, (at, entry) -> {
            if (!(entry instanceof Folder folder && folder.hidden)) {
                visitor.accept(at, entry.view());
            }
        });
    }

    /** Completes on the tree's thread when every change that was made before this call has been told (rule 8). */
    public CompletableFuture<Void> barrier() {
        if (activity.ordered()) {
            return barriers.begin();
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        return loop.task(() -> activity.barrierByScan(done)) ? done : closed(done);
    }

    /** Takes other ignore rules, and completes when what they change has been told. */
    public CompletableFuture<Void> ignore(Ignored rules) {
        return onTree(() -> {
            tree.ignored(rules);
            activity.rescan("the ignore rules changed");
            return null;
        });
    }

    /** Opens a file for reading; no link is followed. For one thread at a time. */
    public SeekableByteChannel read(String path) throws IOException {
        if (!TreePath.valid(path)) {
            throw new DiskException(DiskException.Kind.NAME, "not a path of a file: " + path);
        }
        try (Dir dir = Dirs.open(tree.root(), TreePath.parent(path))) {
            return dir.read(TreePath.name(path));
        }
    }

    /**
     * Changes a path if what is expected stands there. Completes on the tree's thread after the listeners were told; staged
     * content is consumed whatever the result.
     */
    public CompletableFuture<WriteResult> write(HostWrite write) {
        return write(1, () -> activity.rootLost() ? ROOT_GONE : writer.write(write));
    }

    /**
     * Deletes a few paths of one directory, each if what is expected stands there, in this order. Completes likewise, with a result for each; what they cost
     * together is less than one by one.
     */
    public CompletableFuture<List<WriteResult>> delete(List<HostWrite> deletions) {
        return write(
                deletions.size(),
                () -> activity.rootLost()
                        ? Collections.nCopies(deletions.size(), ROOT_GONE)
                        : writer.delete(deletions));
    }

    private <T> CompletableFuture<T> write(int paths, Supplier<T> write) {
        CompletableFuture<T> result = new CompletableFuture<>();
        boolean queued = loop.write(
                () -> {
                    try {
                        result.complete(write.get());
                    } catch (RuntimeException e) {
                        result.completeExceptionally(e);
                    }
                },
                paths);
        return queued ? result : closed(result);
    }

    private static final WriteResult ROOT_GONE =
            new WriteResult.Failed(WriteResult.Code.IO, "the root directory is gone");

    private static <T> CompletableFuture<T> closed(CompletableFuture<T> future) {
        future.completeExceptionally(new CancellationException("the tree is closed"));
        return future;
    }

    /** Ends watching, after the writes that were asked for. */
    @Override
    public void close() {
        loop.close();
    }
}
