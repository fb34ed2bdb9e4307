package dev.devshell.session;

import dev.devshell.compose.ComposeProject;
import dev.devshell.compose.ComposeService;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that a file which plans are made from has changed: the Compose files, Dockerfiles and ignore files of the project.
 *
 * <p>The directories of those that have a fixed place are watched here, whether they exist or not, and whether the sync sees
 * them or not; ignore files deeper down are told by the trees ({@link ChangedFiles}). Nothing is polled.
 */
final class PlanSources implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(PlanSources.class);
    /** An editor's save is more than one event. */
    private static final long QUIET_MILLIS = 200;

    private final WatchService service;
    private final Changed changed;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(PlanSources::thread);
    private final Map<WatchKey, Path> directories = new HashMap<>();
    private Set<Path> compose = Set.of();
    private Set<Path> plans = Set.of();
    private boolean composeTouched;
    private @Nullable ScheduledFuture<?> next;

    private PlanSources(Changed changed) {
        this.changed = changed;
        try {
            this.service = FileSystems.getDefault().newWatchService();
        } catch (IOException e) {
            throw new UncheckedIOException("watching the project's files", e);
        }
    }

    /** Is told that files are other than they were, once it has been quiet. */
    @FunctionalInterface
    interface Changed {
        /**
         * Reads again what has changed.
         *
         * @param compose whether it is the Compose files too
         */
        void again(boolean compose);
    }

    static PlanSources watch(ComposeProject project, Changed changed) {
        PlanSources sources = new PlanSources(changed);
        sources.follow(project);
        Thread thread = thread(sources::listen);
        thread.start();
        return sources;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "devshell-plan-sources");
        thread.setDaemon(true);
        return thread;
    }

    /** Watches the files of this project from now on, in place of those before. */
    synchronized void follow(ComposeProject project) {
        compose = new HashSet<>(project.files());
        compose.add(project.directory().resolve(".env"));
        Set<Path> files = new HashSet<>();
        project.services().values().forEach(one -> one.build().ifPresent(build -> add(build, files)));
        plans = files;
        Set<Path> parents = new HashSet<>();
        compose.forEach(file -> parents.add(parent(file)));
        plans.forEach(file -> parents.add(parent(file)));
        directories.entrySet().removeIf(known -> {
            boolean gone =
                    !parents.contains(known.getValue()) || !known.getKey().isValid();
            if (gone) {
                known.getKey().cancel();
            }
            return gone;
        });
        parents.removeAll(directories.values());
        parents.forEach(this::register);
    }

    private static Path parent(Path file) {
        Path parent = file.toAbsolutePath().normalize().getParent();
        return parent == null ? file : parent;
    }

    private static void add(ComposeService.Build build, Set<Path> files) {
        build.contextDirectory().ifPresent(context -> {
            for (String name : List.of(".dockerignore", ".devshellignore", ".gitignore")) {
                files.add(context.resolve(name).normalize());
            }
        });
        build.dockerfilePath().map(Path::normalize).ifPresent(file -> {
            files.add(file);
            files.add(file.resolveSibling(file.getFileName() + ".dockerignore"));
        });
    }

    private void register(Path directory) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try {
            WatchKey key = directory.register(
                    service,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
            directories.put(key, directory);
        } catch (IOException e) {
            LOG.warn("a change of what is in {} is not noticed: {}", directory, e.toString());
        }
    }

    private void listen() {
        try {
            while (true) {
                WatchKey key = service.take();
                key.pollEvents().forEach(event -> event(key, event));
                key.reset();
            }
        } catch (ClosedWatchServiceException e) {
            LOG.debug("the project's files are not watched any more");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void event(WatchKey key, WatchEvent<?> event) {
        Path directory = directories.get(key);
        if (directory == null) {
            return;
        }
        if (!(event.context() instanceof Path name)) {
            // Some were lost.
            later(true);
            return;
        }
        Path file = directory.resolve(name);
        boolean isCompose = compose.contains(file);
        if (isCompose || plans.contains(file)) {
            later(isCompose);
        }
    }

    /** Takes word of an ignore file that is not watched here. */
    synchronized void touched() {
        later(false);
    }

    private void later(boolean isCompose) {
        composeTouched |= isCompose;
        if (next != null) {
            next.cancel(false);
        }
        try {
            next = timer.schedule(this::tell, QUIET_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("a change came after the end");
        }
    }

    private synchronized boolean takeTouched() {
        boolean touched = composeTouched;
        composeTouched = false;
        return touched;
    }

    private void tell() {
        try {
            changed.again(takeTouched());
        } catch (RuntimeException e) {
            LOG.error("the project's files could not be read again", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        try {
            service.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing the watch of the project's files", e);
        }
    }
}
