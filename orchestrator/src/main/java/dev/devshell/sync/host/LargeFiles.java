package dev.devshell.sync.host;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Reads large files on a thread of its own, so that small edits overtake them. Everything but the reading happens on the
 * tree's thread.
 */
final class LargeFiles implements AutoCloseable {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread reading = new Thread(task, "devshell-large-files");
        reading.setDaemon(true);
        return reading;
    });
    private final Tree tree;
    private final Loop loop;
    private final Map<String, Job> jobs = new HashMap<>();
    private final List<Waiting> waiting = new ArrayList<>();

    LargeFiles(Tree tree, Loop loop) {
        this.tree = tree;
        this.loop = loop;
    }

    /** One reading; its identity is what a barrier waits for. */
    private static final class Job {
        private boolean again;
    }

    private record Waiting(Set<Job> jobs, Runnable then) {}

    /** Reads the file and shows the tree what came of it; once more when it is asked for while it is being read. */
    void read(String path, Stat stat) {
        Job running = jobs.get(path);
        if (running != null) {
            running.again = true;
            return;
        }
        Job job = new Job();
        jobs.put(path, job);
        thread.execute(() -> read(path, stat, job));
    }

    private void read(String path, Stat stat, Job job) {
        Reader.@Nullable Read read = null;
        IOException failure = null;
        try (Dir dir = Dirs.open(tree.root(), TreePath.parent(path))) {
            read = Reader.read(dir, TreePath.name(path), stat);
        } catch (IOException e) {
            failure = e;
        }
        Reader.@Nullable Read result = read;
        IOException failed = failure;
        loop.task(() -> done(path, job, result, failed));
    }

    private void done(String path, Job job, Reader.@Nullable Read read, @Nullable IOException failure) {
        jobs.remove(path, job);
        if (failure != null) {
            tree.failed(path, failure);
        } else {
            tree.largeRead(path, read, job.again);
        }
        for (Waiting each : List.copyOf(waiting)) {
            each.jobs.remove(job);
            if (each.jobs.isEmpty()) {
                waiting.remove(each);
                each.then.run();
            }
        }
    }

    /** Runs {@code then} once everything that is being read now has been told. */
    void whenRead(Runnable then) {
        if (jobs.isEmpty()) {
            then.run();
        } else {
            waiting.add(new Waiting(new HashSet<>(jobs.values()), then));
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
