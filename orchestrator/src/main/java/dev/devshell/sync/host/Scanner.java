package dev.devshell.sync.host;

import dev.devshell.sync.core.Node;
import dev.devshell.sync.host.HostListener.ProblemCode;
import dev.devshell.sync.host.Ignored.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveTask;
import org.jspecify.annotations.Nullable;

/**
 * Walks directories, several at once: watches each before it lists it, so that nothing falls in between, and reads only
 * files whose signature is not known.
 */
final class Scanner implements AutoCloseable {
    /** Files above this are read off the tree's thread, so that a small edit need not wait for them. */
    static final long LARGE = 1024 * 1024;

    static final String BAD_NAME = "the name is not UTF-8";

    private final Path rootPath;
    private final Watcher watcher;
    private final ForkJoinPool pool =
            new ForkJoinPool(Math.min(4, Runtime.getRuntime().availableProcessors()));

    Scanner(Path rootPath, Watcher watcher) {
        this.rootPath = rootPath;
        this.watcher = watcher;
    }

    /** How to walk. */
    record Request(
            Dirs.Root root,
            Ignored ignored,
            String path,
            @Nullable Folder known,
            boolean hidden,
            long contentRoom) {}

    Scan scan(Request request) {
        Scan scan = new Scan(request.contentRoom);
        scan.entry = pool.invoke(new Walk(request, scan, request.path, request.known, request.hidden));
        return scan;
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }

    /** The walk of one directory. */
    private final class Walk extends RecursiveTask<@Nullable Entry> {
        private static final long serialVersionUID = 1L;

        private final transient Request request;
        private final transient Scan scan;
        private final String path;
        private final transient @Nullable Folder known;
        private final boolean hidden;
        private final transient List<Entry> found = new ArrayList<>();
        private final transient List<Walk> inner = new ArrayList<>();

        Walk(Request request, Scan scan, String path, @Nullable Folder known, boolean hidden) {
            this.request = request;
            this.scan = scan;
            this.path = path;
            this.known = known;
            this.hidden = hidden;
        }

        @Override
        protected @Nullable Entry compute() {
            try {
                int watch = watch();
                Folder folder = list();
                folder.watch(watch);
                scan.watched.add(new Scan.Watched(path, watch));
                return folder;
            } catch (DiskException e) {
                return Dirs.vanished(e) ? null : unreadable(e);
            } catch (IOException e) {
                return unreadable(e);
            }
        }

        private int watch() throws IOException {
            try {
                return watcher.watch(rootPath.resolve(path));
            } catch (DiskException e) {
                if (e.is(DiskException.Kind.LIMIT)) {
                    return Folder.UNWATCHED;
                }
                throw e;
            }
        }

        private Entry unreadable(IOException e) {
            if (!(e instanceof DiskException disk && disk.is(DiskException.Kind.DENIED))) {
                scan.failing.add(path);
            }
            scan.problems.add(new Scan.Problem(path, ProblemCode.UNREADABLE, String.valueOf(e.getMessage())));
            return new Entry(TreePath.name(path), Node.unreadable(), 0, 0, 0, 0, 0, true);
        }

        private Folder list() throws IOException {
            Folder folder;
            try (Dir dir = Dirs.open(request.root, path)) {
                folder = new Folder(TreePath.name(path), dir.self(), hidden);
                List<String> bad = new ArrayList<>();
                List<String> names = dir.list(bad);
                Collections.sort(names);
                for (String name : names) {
                    look(dir, name);
                }
                for (String name : bad) {
                    scan.problems.add(new Scan.Problem(TreePath.child(path, name), ProblemCode.NAME, BAD_NAME));
                }
            }
            // the directory is closed by now: a wide and deep tree would hold thousands open
            invokeAll(inner);
            folder.fill(merged());
            return folder;
        }

        /** Files and directories in one order. */
        private Entry[] merged() {
            List<Entry> all = new ArrayList<>(found.size() + inner.size());
            all.addAll(found);
            inner.stream().map(Walk::join).filter(Objects::nonNull).forEach(all::add);
            if (!inner.isEmpty()) {
                all.sort((a, b) -> a.name.compareTo(b.name));
            }
            return all.toArray(Entry[]::new);
        }

        private void look(Dir dir, String name) {
            String child = TreePath.child(path, name);
            try {
                if (TemporaryName.is(name)) {
                    if (TemporaryName.stale(name)) {
                        scan.stale.add(child);
                    }
                    return;
                }
                Stat stat = dir.stat(name);
                if (stat == null) {
                    return;
                }
                Verdict verdict = request.ignored.of(child, stat.kind() == Stat.Kind.DIRECTORY);
                if (verdict == Verdict.IGNORED) {
                    return;
                }
                Entry old = known == null ? null : known.get(name);
                if (stat.kind() == Stat.Kind.DIRECTORY) {
                    Folder oldFolder = old instanceof Folder same ? same : null;
                    inner.add(new Walk(request, scan, child, oldFolder, verdict == Verdict.DESCEND));
                } else if (verdict == Verdict.INCLUDED) {
                    add(dir, child, stat, old);
                }
            } catch (IOException e) {
                scan.problems.add(new Scan.Problem(child, ProblemCode.UNREADABLE, String.valueOf(e.getMessage())));
                found.add(new Entry(name, Node.unreadable(), 0, 0, 0, 0, 0, true));
            }
        }

        private void add(Dir dir, String child, Stat stat, @Nullable Entry old) throws IOException {
            if (old != null && !old.racy && old.signedBy(stat)) {
                found.add(old);
                return;
            }
            String name = TreePath.name(child);
            switch (stat.kind()) {
                case FILE -> addFile(dir, child, stat, old);
                case LINK ->
                    found.add(
                            Entry.lookedAt(name, new Node.Link(dir.readLink(name)), stat, System.currentTimeMillis()));
                case OTHER, DIRECTORY -> found.add(new Entry(name, Node.special(), stat, true));
            }
        }

        private void addFile(Dir dir, String child, Stat stat, @Nullable Entry old) throws IOException {
            String name = TreePath.name(child);
            boolean coming = stat.size() == 0 && Entry.fresh(stat.ctime(), System.currentTimeMillis());
            if (stat.size() > LARGE || coming) {
                (coming ? scan.empty : scan.large).add(child);
                if (old != null && !(old instanceof Folder)) {
                    found.add(old);
                }
                return;
            }
            Reader.Read read = Reader.read(dir, name, stat);
            if (read == null) {
                return;
            }
            found.add(read.entry());
            scan.content(child, read.content());
            if (!read.settled()) {
                scan.unsettled.add(child);
            }
        }
    }
}
