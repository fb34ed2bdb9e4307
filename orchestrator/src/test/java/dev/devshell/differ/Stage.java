package dev.devshell.differ;

import dev.devshell.DevshellException;
import dev.devshell.ignore.IgnoreRules;
import dev.devshell.sync.ProjectSync;
import dev.devshell.sync.plan.HostPath;
import dev.devshell.sync.plan.Policy;
import dev.devshell.sync.plan.Root;
import dev.devshell.sync.plan.SyncPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The places of one run, and the sync between two of them.
 *
 * <pre>
 *   DIRECTORY/host        synced          /differ/NAME/tree        synced
 *   DIRECTORY/neighbour   not             /differ/NAME/neighbour   not
 *   DIRECTORY/state       the sync's own
 * </pre>
 */
final class Stage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Stage.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final Path directory;
    final Path host;
    final Path container;
    final String containerRoot;
    private final Path containerPlace;
    private final ProjectSync sync;
    /** Somebody at the terminal. */
    private final ScheduledExecutorService person = Executors.newSingleThreadScheduledExecutor();

    Stage(Path directory, Box box) throws IOException {
        this.directory = directory.toRealPath();
        host = Files.createDirectory(this.directory.resolve("host"));
        String place = box.place(directory.getFileName().toString());
        containerPlace = box.seen(place);
        containerRoot = place + "/tree";
        container = Files.createDirectory(box.seen(containerRoot));
        for (Path side : List.of(this.directory, containerPlace)) {
            Files.writeString(Files.createDirectory(side.resolve("neighbour")).resolve("file"), "not synced");
        }
        Repository.create(host);
        sync = ProjectSync.open(state());
        attach(box);
        var unused = person.scheduleWithFixedDelay(this::release, 20, 20, TimeUnit.MILLISECONDS);
    }

    /** Deletions in bulk are what the script means. */
    private void release() {
        try {
            sync.release();
        } catch (DevshellException e) {
            if (!e.code().equals("NOTHING-HELD")) {
                LOG.warn("held deletions cannot be released: {}", e.why());
            }
        }
    }

    Path state() {
        return directory.resolve("state");
    }

    private void attach(Box box) throws IOException {
        Root root = new Root(
                containerRoot,
                true,
                new HostPath(host, ""),
                Root.Flow.BOTH,
                List.of(IgnoreRules.docker(".git\n"), IgnoreRules.EDITORS),
                List.of(),
                "",
                -1,
                "Dockerfile:1 COPY . .");
        SyncPlan plan = new SyncPlan(List.of(root), List.of(), Policy.HOST, List.of(IgnoreRules.PROTECTED));
        try {
            sync.attach("differ", 1, box.id(), plan, box.agent()).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the container could not be attached", e);
        }
    }

    /** Waits until the sync says that all is carried. */
    void quiet() {
        try {
            sync.flush(PATIENCE);
        } catch (DevshellException e) {
            if (!e.code().equals("DELETIONS-HELD")) {
                throw e;
            }
            release();
            quiet();
        }
    }

    /** Returns all that the sync knows of a path. */
    String explain(String path) {
        return sync.explain(host.resolve(path)).facts().toString();
    }

    String problems() {
        return sync.status().problems().toString();
    }

    /** Returns what is beside the synced trees, which is nobody's business. */
    List<Path> neighbours() {
        return List.of(directory.resolve("neighbour"), containerPlace.resolve("neighbour"));
    }

    @Override
    public void close() throws IOException {
        person.shutdown();
        sync.close();
        Child.run(List.of("rm", "-rf", directory.toString(), containerPlace.toString()));
    }
}
