package dev.devshell.sync.host;

import dev.devshell.DevshellException;
import dev.devshell.sync.host.HostListener.ProblemCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the tree's thread does on its own: turns events into looks. The first event of a path is looked at and told at once;
 * those that come while it waits its turn are one with it.
 */
final class Activity implements Loop.Steps {
    private static final Logger LOG = LoggerFactory.getLogger(Activity.class);
    private static final int LOOKS_AT_ONCE = 64;
    private static final long POLL = TimeUnit.SECONDS.toNanos(1);
    private static final long SAVE = TimeUnit.MINUTES.toNanos(5);
    /** What is looked at again after a crash costs less than saving a large tree for every edit. */
    private static final int LOOKS_WORTH_SAVING = 10_000;

    private final Path rootPath;
    private final Platform platform;
    private final Tree tree;
    private final Teller teller;
    private final Barriers barriers;
    private final DigestCache cache;
    private final Recovery recovery;
    private final int cookies;
    private final boolean ordered;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    private final Set<String> pending = new LinkedHashSet<>();
    private final Set<String> created = new LinkedHashSet<>();
    /** Directories in which a name that is not UTF-8 came or went. */
    private final Set<String> badNames = new LinkedHashSet<>();

    private final Later quiet = new Later(TimeUnit.MILLISECONDS.toNanos(200), TimeUnit.SECONDS.toNanos(1));
    private final Later soon = new Later(TimeUnit.MILLISECONDS.toNanos(10), TimeUnit.MILLISECONDS.toNanos(50));
    private boolean overflown;
    private boolean rootLost;
    private long rootInode;
    private int looksSinceSave;
    private long nextPoll = System.nanoTime();
    private long nextSave = System.nanoTime() + SAVE;

    /** What the thread works with. */
    record Parts(
            Path rootPath,
            Platform platform,
            Tree tree,
            Teller teller,
            Barriers barriers,
            DigestCache cache,
            Recovery recovery,
            int cookies,
            boolean ordered) {}

    Activity(Parts parts) {
        rootPath = parts.rootPath;
        platform = parts.platform;
        tree = parts.tree;
        teller = parts.teller;
        barriers = parts.barriers;
        cache = parts.cache;
        recovery = parts.recovery;
        cookies = parts.cookies;
        ordered = parts.ordered;
    }

    CompletableFuture<Void> ready() {
        return ready;
    }

    boolean rootLost() {
        return rootLost;
    }

    @Override
    public void begin() {
        tree.firstScan(cache.load());
        Folder root = tree.snapshot().folder("");
        rootInode = root == null ? 0 : root.inode;
        recovery.recover(tree.takeStale());
        looks();
        tree.large().whenRead(() -> {
            save();
            teller.begin();
            ready.complete(null);
        });
    }

    @Override
    public void events(List<Loop.Event> events) {
        for (Loop.Event event : events) {
            event(event);
        }
        looks();
    }

    private void event(Loop.Event event) {
        if (event.what() == Watcher.What.OVERFLOW) {
            overflown = true;
        } else if (event.watch() == cookies) {
            cookie(event.name());
        } else {
            String path = tree.watches().path(event.watch());
            if (path != null && !rootLost) {
                event(event, path);
            }
        }
    }

    private void event(Loop.Event event, String directory) {
        String path = TreePath.child(directory, event.name());
        switch (event.what()) {
            case CHANGED -> changed(path);
            case CREATED -> created.add(path);
            case MODIFIED -> {
                if (!pending.contains(path) && quiet.touch(path, System.nanoTime())) {
                    pending.add(path);
                }
            }
            case GONE -> gone(event.watch(), directory);
            case MOVED -> {
                if (directory.isEmpty()) {
                    checkRoot();
                }
            }
            case BAD_NAME -> badNames.add(directory);
            case OVERFLOW -> overflown = true;
        }
    }

    private void changed(String path) {
        pending.add(path);
        created.remove(path);
        quiet.forget(path);
        soon.forget(path);
    }

    private void gone(int watch, String directory) {
        tree.watches().dropped(watch);
        Folder folder = tree.snapshot().folder(directory);
        if (folder != null && folder.watch() == watch) {
            folder.watch(Folder.LOST);
        }
        if (directory.isEmpty()) {
            checkRoot();
        } else {
            pending.add(directory);
        }
    }

    /** Looks at everything that waits for it, a few paths at a time. */
    private void looks() {
        if (rootLost) {
            pending.clear();
            created.clear();
            badNames.clear();
            return;
        }
        if (overflown) {
            rescan("events were lost");
        }
        for (String path : created) {
            if (!tree.beingWritten(path) || quiet.touch(path, System.nanoTime())) {
                pending.add(path);
            }
        }
        created.clear();
        badNames.forEach(tree::checkNames);
        badNames.clear();
        while (!pending.isEmpty()) {
            List<String> some = new ArrayList<>(LOOKS_AT_ONCE);
            Iterator<String> next = pending.iterator();
            while (some.size() < LOOKS_AT_ONCE && next.hasNext()) {
                some.add(next.next());
                next.remove();
            }
            looksSinceSave += some.size();
            tree.look(some);
            teller.flush();
            if (pending.isEmpty()) {
                pending.addAll(tree.takeHardLinks());
            }
        }
        long now = System.nanoTime();
        tree.takeUnsettled().forEach(path -> quiet.touch(path, now));
        tree.takeEmpty().forEach(path -> soon.touch(path, now));
        teller.flush();
    }

    /** Looks at everything that was put off, too. */
    void settle() {
        looks();
        pending.addAll(quiet.all());
        pending.addAll(soon.all());
        poll();
        looks();
        pending.addAll(soon.all());
        looks();
    }

    private void cookie(String name) {
        CompletableFuture<Void> done = barriers.take(name);
        if (done != null) {
            settle();
            complete(done);
        }
    }

    private void complete(CompletableFuture<Void> barrier) {
        if (rootLost) {
            barrier.completeExceptionally(new DevshellException.Failed(
                    "ROOT-GONE", "the directory is gone: " + rootPath, "it was moved or deleted", "bring it back"));
        } else {
            tree.large().whenRead(() -> barrier.complete(null));
        }
    }

    /** A barrier where events come in no order: everything is looked at. */
    void barrierByScan(CompletableFuture<Void> done) {
        settle();
        tree.scan("");
        looks();
        complete(done);
    }

    boolean ordered() {
        return ordered;
    }

    void rescan(String why) {
        overflown = false;
        pending.clear();
        List<CompletableFuture<Void>> waiting = barriers.takeAll();
        tree.scan("");
        teller.rescanned(why);
        waiting.forEach(this::complete);
    }

    private void checkRoot() {
        try (Dir now = platform.root(rootPath)) {
            if (now.self().inode() == rootInode) {
                rescan("the watch of the root directory was lost");
                return;
            }
        } catch (IOException e) {
            LOG.debug("The root directory is gone", e);
        }
        rootLost = true;
        nextPoll = System.nanoTime() + POLL;
        teller.problem("", ProblemCode.ROOT_GONE, "the directory is gone, and the sync waits for it: " + rootPath);
    }

    private void reopenRoot() {
        try (Dir now = platform.root(rootPath)) {
            rootInode = now.self().inode();
        } catch (IOException e) {
            LOG.debug("The root directory is still gone", e);
            return;
        }
        rootLost = false;
        teller.problem("", ProblemCode.ROOT_BACK, "the directory is back: " + rootPath);
        rescan("the root directory is back");
    }

    private void poll() {
        if (!rootLost) {
            new ArrayList<>(tree.watches().unwatched()).forEach(tree::poll);
            tree.takeFailing().forEach(tree::look);
        }
    }

    @Override
    public long timers() {
        long now = System.nanoTime();
        pending.addAll(quiet.due(now));
        pending.addAll(soon.due(now));
        boolean polling = rootLost || !tree.watches().complete() || tree.hasFailing();
        if (polling && now - nextPoll >= 0) {
            nextPoll = now + POLL;
            if (rootLost) {
                reopenRoot();
            } else {
                poll();
            }
        }
        looks();
        boolean saving = looksSinceSave >= LOOKS_WORTH_SAVING;
        if (saving && now - nextSave >= 0) {
            save();
        }
        long wait = Math.min(quiet.untilDue(now), soon.untilDue(now));
        return Math.min(wait, Math.min(polling ? POLL : Later.NEVER, saving ? SAVE : Later.NEVER));
    }

    private void save() {
        nextSave = System.nanoTime() + SAVE;
        looksSinceSave = 0;
        Folder root = tree.snapshot().folder("");
        try {
            if (root != null) {
                cache.save(root);
            }
        } catch (IOException e) {
            LOG.warn("Unable to save the digest cache", e);
        }
    }

    @Override
    public void end() {
        save();
        ready.cancel(false);
        barriers.close();
        tree.close();
    }
}
