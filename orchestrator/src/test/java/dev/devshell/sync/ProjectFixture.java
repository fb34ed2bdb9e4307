package dev.devshell.sync;

import dev.devshell.ignore.IgnoreRules;
import dev.devshell.sync.plan.HostPath;
import dev.devshell.sync.plan.Policy;
import dev.devshell.sync.plan.Root;
import dev.devshell.sync.plan.SyncPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A project on a real directory, {@code context}, that is mapped to one directory of its containers. */
final class ProjectFixture implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(20);

    final Path context;
    private final Path state;
    private final String container;
    private final String ignore;
    Policy policy = Policy.HOST;
    ProjectSync sync;

    ProjectFixture(Path directory, String container, String ignore) throws IOException {
        this.context = Files.createDirectories(directory.resolve("context")).toRealPath();
        this.state = directory.resolve("state");
        this.container = container;
        this.ignore = ignore;
        this.sync = ProjectSync.open(state);
    }

    void attach(AgentStarter agent, String id) throws Exception {
        Root root = new Root(
                container,
                true,
                new HostPath(context, ""),
                Root.Flow.BOTH,
                List.of(IgnoreRules.docker(ignore), IgnoreRules.EDITORS),
                List.of(),
                "",
                -1,
                "Dockerfile:1 COPY . .");
        SyncPlan plan = new SyncPlan(List.of(root), List.of(), policy, List.of(IgnoreRules.PROTECTED));
        sync.attach("web", 1, id, plan, agent).get(20, TimeUnit.SECONDS);
    }

    void write(String path, String content) throws IOException {
        Path file = context.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    void flush() {
        sync.flush(SOON);
    }

    /** Ends devshell and starts it anew on the same state. */
    void restart() {
        sync.close();
        sync = ProjectSync.open(state);
    }

    @Override
    public void close() {
        sync.close();
    }
}
