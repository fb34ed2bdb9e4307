package dev.devshell.sync.host;

import dev.devshell.sync.core.Node;
import dev.devshell.sync.host.HostListener.ProblemCode;
import dev.devshell.sync.host.Ignored.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks at paths, and holds what was seen: what a look finds different goes into the snapshot and to the listeners, at
 * once. Confined to the tree's thread.
 */
final class Tree {
    /** How much content of a walk goes to the listeners with it. */
    private static final long CONTENT_ROOM = 8 * 1024 * 1024;

    private final Path rootPath;
    private final Watcher watcher;
    private final Watches watches;
    private final Teller teller;
    private final Snapshot snapshot;
    private final Scanner scanner;
    private final LargeFiles large;
    private final Map<String, Said> saidProblems = new HashMap<>();
    private final AtomicInteger said = new AtomicInteger();
    private final HardLinks hardLinks = new HardLinks();
    private final List<String> unsettled = new ArrayList<>();
    private final List<String> empty = new ArrayList<>();
    private final List<String> stale = new ArrayList<>();
    private final Set<String> failing = new LinkedHashSet<>();
    private final Dirs.Root root;
    private volatile Ignored ignored;
    private boolean saidLimit;

    /** A problem that was told, as the {@code number}-th. */
    private record Said(ProblemCode code, String message, int number) {}

    Tree(Path rootPath, Dirs.Root root, Ignored ignored, Watcher watcher, Teller teller, Loop loop) throws IOException {
        this.rootPath = rootPath;
        this.root = root;
        this.ignored = ignored;
        this.watcher = watcher;
        this.teller = teller;
        watches = new Watches(watcher);
        try (Dir open = root.open()) {
            snapshot = new Snapshot(new Folder("", open.self(), false));
        }
        scanner = new Scanner(rootPath, watcher);
        large = new LargeFiles(this, loop);
    }

    Snapshot snapshot() {
        return snapshot;
    }

    Watches watches() {
        return watches;
    }

    LargeFiles large() {
        return large;
    }

    Dirs.Root root() {
        return root;
    }

    void ignored(Ignored rules) {
        ignored = rules;
    }

    boolean ignores(String path, boolean directory) {
        return ignored.of(path, directory) != Verdict.INCLUDED;
    }

    /** Takes the paths that kept changing, and want another look. */
    List<String> takeUnsettled() {
        return take(unsettled);
    }

    /** Takes the files that had nothing in them when they were listed, as if they were about to be written. */
    List<String> takeEmpty() {
        return take(empty);
    }

    /** Takes the names of files that were found changed under another name. */
    List<String> takeHardLinks() {
        return hardLinks.take(snapshot);
    }

    /** Takes the files that a crash left. */
    List<String> takeStale() {
        return take(stale);
    }

    /** Whether there are directories that could not be read, for a reason that may pass without an event. */
    boolean hasFailing() {
        return !failing.isEmpty();
    }

    /** Takes those directories. */
    List<String> takeFailing() {
        return take(failing);
    }

    private static List<String> take(Collection<String> paths) {
        List<String> taken = List.copyOf(paths);
        paths.clear();
        return taken;
    }

    /** Whether a path that was just created is a file whose content is still to come, and its close to be waited for. */
    boolean beingWritten(String path) {
        try (Dir dir = Dirs.open(root, TreePath.parent(path))) {
            Stat stat = dir.stat(TreePath.name(path));
            // a second hard link is never closed
            return stat != null && stat.kind() == Stat.Kind.FILE && stat.links() == 1;
        } catch (IOException e) {
            failed(path, e);
            return false;
        }
    }

    /** Looks at one path. */
    void look(String path) {
        look(List.of(path));
    }

    /**
     * Looks at a few paths; of those that follow each other in one directory, it is opened once.
     *
     * <p>RACE: a directory that is replaced meanwhile is looked at as it was; that has an event of its own, which is still to come.
     */
    void look(List<String> paths) {
        for (int i = 0; i < paths.size(); ) {
            int end = i + 1;
            String parent = TreePath.parent(paths.get(i));
            while (end < paths.size() && TreePath.parent(paths.get(end)).equals(parent)) {
                end++;
            }
            if (paths.get(i).isEmpty()) {
                scan("");
                i++;
            } else {
                lookIn(parent, paths.subList(i, end));
                i = end;
            }
        }
    }

    private void lookIn(String parent, List<String> paths) {
        // where the parent is not known, it will be listed with everything in it
        if (snapshot.folder(parent) == null) {
            return;
        }
        try (Dir dir = Dirs.open(root, parent)) {
            for (String path : paths) {
                try {
                    look(dir, path, true);
                } catch (IOException e) {
                    failed(path, e);
                }
            }
        } catch (IOException e) {
            paths.forEach(path -> failed(path, e));
        }
    }

    /**
     * Looks at a name in an open directory whose entry is known.
     *
     * @param patient whether a large file may be read later
     * @return what the look began with: what was read is of that, where it is signed by it
     */
    @Nullable
    Stat look(Dir dir, String path, boolean patient) throws IOException {
        String name = TreePath.name(path);
        Stat stat = dir.stat(name);
        Entry known = snapshot.find(path);
        Verdict verdict = stat == null ? Verdict.IGNORED : ignored.of(path, stat.kind() == Stat.Kind.DIRECTORY);
        if (stat == null || verdict == Verdict.IGNORED) {
            if (known == null) {
                teller.ignored(path);
            }
            remove(path);
        } else if (stat.kind() == Stat.Kind.DIRECTORY) {
            lookAtDirectory(path, known, stat);
        } else if (verdict == Verdict.DESCEND) {
            remove(path);
        } else if (known == null || known.racy || !known.signedBy(stat)) {
            lookAtOther(dir, path, stat, patient);
        }
        return stat;
    }

    private void lookAtOther(Dir dir, String path, Stat stat, boolean patient) throws IOException {
        String name = TreePath.name(path);
        switch (stat.kind()) {
            case FILE -> {
                hardLinks.found(stat);
                if (patient && stat.size() > Scanner.LARGE) {
                    large.read(path, stat);
                } else {
                    lookAtFile(dir, path, stat);
                }
            }
            case LINK -> {
                Node link = new Node.Link(dir.readLink(name));
                update(path, Entry.lookedAt(name, link, stat, System.currentTimeMillis()), null);
            }
            case OTHER, DIRECTORY -> update(path, new Entry(name, Node.special(), stat, true), null);
        }
    }

    private void lookAtFile(Dir dir, String path, Stat stat) throws IOException {
        Reader.Read read = Reader.read(dir, TreePath.name(path), stat);
        if (read == null) {
            // it became something else while it was read: the event of that is on its way
            unsettled.add(path);
            return;
        }
        update(path, read.entry(), read.content());
        if (!read.settled()) {
            unsettled.add(path);
        }
    }

    private void lookAtDirectory(String path, @Nullable Entry known, Stat stat) throws IOException {
        if (known instanceof Folder folder) {
            int watch = watch(path);
            if (watch == folder.watch()) {
                if (!folder.signedBy(stat)) {
                    snapshot.put(path, folder.withStat(stat));
                }
                return;
            }
        }
        scan(path);
    }

    private int watch(String path) throws IOException {
        try {
            return watcher.watch(rootPath.resolve(path));
        } catch (DiskException e) {
            if (e.is(DiskException.Kind.LIMIT)) {
                return Folder.UNWATCHED;
            }
            throw e;
        }
    }

    /** Takes the result of a large file's reading. */
    void largeRead(String path, Reader.@Nullable Read read, boolean again) {
        Folder parent = snapshot.folder(TreePath.parent(path));
        if (read != null && parent != null && !ignores(path, false)) {
            update(path, read.entry(), read.content());
        }
        if (read == null || again || !read.settled()) {
            look(path);
        }
        teller.flush();
    }

    /** Lists a directory again, and looks at each name in it; what is below is left to its own events. */
    void poll(String path) {
        Folder folder = snapshot.folder(path);
        if (folder == null) {
            return;
        }
        try (Dir dir = Dirs.open(root, path)) {
            List<String> bad = new ArrayList<>();
            Set<String> names = new HashSet<>(dir.list(bad));
            for (int i = 0; i < folder.size(); i++) {
                names.add(folder.child(i).name);
            }
            for (String name : names) {
                if (!TemporaryName.is(name)) {
                    look(dir, TreePath.child(path, name), true);
                }
            }
        } catch (IOException e) {
            failed(path, e);
        }
    }

    /** Walks a directory, and everything below it. */
    void scan(String path) {
        Entry old = snapshot.find(path);
        scan(path, old instanceof Folder folder ? folder : null, teller.heard() ? CONTENT_ROOM : 0);
    }

    /** Walks the root for the first time; {@code known} is what an earlier run saw. */
    void firstScan(@Nullable Folder known) {
        scan("", known, 0);
    }

    private void scan(String path, @Nullable Folder known, long contentRoom) {
        boolean hidden = !path.isEmpty() && ignored.of(path, true) == Verdict.DESCEND;
        Scan scan = scanner.scan(new Scanner.Request(root, ignored, path, known, hidden, contentRoom));
        Entry old = snapshot.find(path);
        if (scan.entry == null) {
            if (!path.isEmpty()) {
                remove(path);
            }
            return;
        }
        if (path.isEmpty() && !(scan.entry instanceof Folder)) {
            teller.problem("", ProblemCode.UNREADABLE, "the directory cannot be read: " + rootPath);
            return;
        }
        snapshot.put(path, scan.entry);
        new Difference(teller, watches, scan).tell(path, old, scan.entry);
        scan.watched.forEach(w -> watches.set(w.path(), w.watch()));
        scan.problems.forEach(p -> problem(p.path(), p.code(), p.message()));
        unsettled.addAll(scan.unsettled);
        empty.addAll(scan.empty);
        stale.addAll(scan.stale);
        failing.addAll(scan.failing);
        sayLimit();
        scan.large.forEach(this::look);
    }

    private void sayLimit() {
        if (!saidLimit && !watches.complete()) {
            saidLimit = true;
            problem(
                    watches.unwatched().get(0),
                    ProblemCode.WATCH_LIMIT,
                    "the limit of inotify watches is reached, so "
                            + watches.unwatched().size()
                            + " directories are polled; raise it with: sudo sysctl fs.inotify.max_user_watches=1048576");
        }
    }

    /** Notes what stands at a path now; the listeners hear of it when it is another node. */
    void update(String path, Entry entry, byte @Nullable [] content) {
        Entry old = snapshot.find(path);
        if (old instanceof Folder folder) {
            new Difference(teller, watches, null).removed(path, folder, false);
        }
        snapshot.put(path, entry);
        saidProblems.remove(path);
        if (old == null || !old.node.equals(entry.node)) {
            teller.add(path, entry.view(), content);
        }
    }

    /** Notes that nothing stands at a path any more. */
    void remove(String path) {
        Entry old = snapshot.find(path);
        if (old != null) {
            snapshot.remove(path);
            new Difference(teller, watches, null).removed(path, old, true);
            if (old instanceof Folder) {
                solve(said -> said.startsWith(path + "/"));
            }
            saidProblems.remove(path);
        } else {
            solve(path::equals);
        }
    }

    /** Says which names in a directory are not UTF-8, and of which of those that were said before there are no more. */
    void checkNames(String directory) {
        List<String> bad = new ArrayList<>();
        try (Dir dir = Dirs.open(root, directory)) {
            dir.list(bad);
        } catch (IOException e) {
            if (!(e instanceof DiskException disk && Dirs.vanished(disk))) {
                failed(directory, e);
                return;
            }
        }
        Set<String> there = new HashSet<>();
        bad.forEach(name -> there.add(TreePath.child(directory, name)));
        solve(said -> TreePath.parent(said).equals(directory) && isName(said) && !there.contains(said));
        there.forEach(path -> problem(path, ProblemCode.NAME, Scanner.BAD_NAME));
    }

    private boolean isName(String path) {
        Said problem = saidProblems.get(path);
        return problem != null && problem.code == ProblemCode.NAME;
    }

    private void solve(Predicate<String> which) {
        if (!saidProblems.isEmpty()) {
            List<String> solved = saidProblems.keySet().stream().filter(which).toList();
            solved.forEach(saidProblems::remove);
            solved.forEach(teller::solved);
        }
    }

    /** A look failed: what is known of the path stays, unless it is there and cannot be read. */
    void failed(String path, IOException e) {
        if (e instanceof DiskException disk && Dirs.vanished(disk)) {
            // a parent went: its own event is on its way
            return;
        }
        if (e instanceof DiskException disk && disk.is(DiskException.Kind.DENIED) && !path.isEmpty()) {
            if (snapshot.folder(TreePath.parent(path)) != null) {
                update(path, new Entry(TreePath.name(path), Node.unreadable(), 0, 0, 0, 0, 0, true), null);
            }
        }
        problem(path, ProblemCode.UNREADABLE, String.valueOf(e.getMessage()));
    }

    /** Says what is wrong with a path, once until it is well again. */
    void problem(String path, ProblemCode code, String message) {
        if (!saidProblems.containsKey(path)) {
            saidProblems.put(path, new Said(code, message, said.getAndIncrement()));
            teller.problem(path, code, message);
        }
    }

    /** Returns how many problems were said so far; from any thread. */
    int said() {
        return said.get();
    }

    /** Tells a listener the problems that stand and were said before the {@code from}-th. */
    void tellProblems(HostListener listener, int from) {
        saidProblems.forEach((path, problem) -> {
            if (problem.number < from) {
                listener.problem(path, problem.code, problem.message);
            }
        });
    }

    void close() {
        large.close();
        scanner.close();
        watcher.close();
    }
}
