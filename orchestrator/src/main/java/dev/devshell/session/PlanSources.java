package dev.devshell.session;

import dev.devshell.compose.ComposeProject;
import dev.devshell.compose.ComposeService;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that a file which a plan is made from has changed: a Dockerfile or an ignore file at the top of a build context.
 *
 * <p>By looking at a handful of names every second or two: some of them do not exist, and none may lie in a tree that is watched.
 */
final class PlanSources implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(PlanSources.class);
    private static final long SECONDS = 2;

    private final Supplier<ComposeProject> project;
    private final Runnable changed;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(PlanSources::thread);
    private Map<Path, String> seen;

    private PlanSources(Supplier<ComposeProject> project, Runnable changed) {
        this.project = project;
        this.changed = changed;
        this.seen = look();
    }

    static PlanSources watch(Supplier<ComposeProject> project, Runnable changed) {
        PlanSources sources = new PlanSources(project, changed);
        var unused = sources.timer.scheduleWithFixedDelay(sources::compare, SECONDS, SECONDS, TimeUnit.SECONDS);
        return sources;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "devshell-plan-sources");
        thread.setDaemon(true);
        return thread;
    }

    private void compare() {
        Map<Path, String> now = look();
        if (!now.equals(seen)) {
            LOG.info("what maps where may have changed");
            seen = now;
            changed.run();
        }
    }

    private Map<Path, String> look() {
        Map<Path, String> states = new TreeMap<>();
        for (ComposeService service : project.get().services().values()) {
            service.build().ifPresent(build -> files(build).forEach(file -> states.put(file, state(file))));
        }
        return states;
    }

    private static List<Path> files(ComposeService.Build build) {
        List<Path> files = new ArrayList<>();
        build.contextDirectory().ifPresent(context -> {
            for (String name : List.of(".dockerignore", ".devshellignore", ".gitignore")) {
                files.add(context.resolve(name));
            }
        });
        build.dockerfilePath().ifPresent(file -> {
            files.add(file);
            files.add(file.resolveSibling(file.getFileName() + ".dockerignore"));
        });
        return files;
    }

    private static String state(Path file) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return found.size() + " " + found.lastModifiedTime() + " " + found.fileKey();
        } catch (IOException e) {
            return "absent";
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
