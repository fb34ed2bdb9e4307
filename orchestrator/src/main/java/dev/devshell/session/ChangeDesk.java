package dev.devshell.session;

import dev.devshell.Change;
import dev.devshell.Notice;
import dev.devshell.compose.ComposeProject;
import dev.devshell.sync.Surroundings;
import dev.devshell.sync.host.HostListener;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes every change of the host's trees, and gives it to whom it concerns besides the sync, on a thread of its own. */
final class ChangeDesk implements Surroundings, Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeDesk.class);

    private final Notices notices;
    private final Supplier<ComposeProject> project;
    private final Feed<Change> feed = new Feed<>();
    private final ExecutorService loop = Executors.newSingleThreadExecutor(ChangeDesk::thread);
    private volatile WatchedFiles rules;
    private volatile @Nullable Receivers receivers;

    ChangeDesk(Notices notices, Supplier<ComposeProject> project) {
        this.notices = notices;
        this.project = project;
        this.rules = new WatchedFiles(project.get());
    }

    /**
     * Who takes what concerns it.
     *
     * @param reach tells the services that a path of the host goes to
     */
    record Receivers(
            StaleImages images, Reactions reactions, PlanSources sources, Function<List<Path>, List<String>> reach) {}

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "devshell-changes");
        thread.setDaemon(true);
        return thread;
    }

    void begin(Receivers all) {
        receivers = all;
    }

    /** Takes the rules of {@code develop.watch} as they are now. */
    void readRules() {
        rules = new WatchedFiles(project.get());
    }

    /** Takes word of an image that is stale. */
    void stale(String service) {
        Receivers to = receivers;
        boolean auto = project.get()
                .service(service)
                .flatMap(known -> project.get().syncOf(known).autoRebuild())
                .orElse(false);
        if (auto && to != null) {
            to.reactions().rebuildStale(service);
        }
    }

    @Override
    public List<Notice> notices() {
        return notices.standing();
    }

    @Override
    public HostListener listener(Path context) {
        return new ChangedFiles(context, this::queue, () -> {
            Receivers to = receivers;
            if (to != null) {
                to.sources().touched();
            }
        });
    }

    private void queue(ChangedFiles.Change change) {
        try {
            loop.execute(() -> take(change));
        } catch (RejectedExecutionException e) {
            LOG.debug("a change came after the end");
        }
    }

    private void take(ChangedFiles.Change change) {
        Receivers to = receivers;
        if (to == null) {
            return;
        }
        try {
            if (feed.isFollowed()) {
                feed.tell(new Change(change.paths(), to.reach().apply(change.paths()), change.ours(), change.millis()));
            }
            for (Path path : change.paths()) {
                to.images().changed(path);
                if (!change.ours()) {
                    rules.match(path, to.reactions()::take);
                }
            }
        } catch (RuntimeException e) {
            LOG.error("a change could not be looked at", e);
        }
    }

    /** Tells what changes from now on, after one change without paths. */
    void follow(Consumer<Change> listener) {
        Change first = new Change(List.of(), List.of(), false, System.currentTimeMillis());
        feed.follow(feed.join(List.of(first)), listener);
    }

    @Override
    public void close() {
        feed.close();
        loop.shutdown();
        Receivers to = receivers;
        if (to != null) {
            to.reactions().close();
            to.sources().close();
        }
    }
}
