package dev.devshell.sync;

import dev.devshell.ignore.IgnoreRules;
import dev.devshell.sync.plan.HostPath;
import dev.devshell.sync.plan.Policy;
import dev.devshell.sync.plan.Root;
import dev.devshell.sync.plan.SyncPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A host and a "container" that the real agent keeps equal, both directories of this machine.
 *
 * <pre>
 * base/host        the context, mapped to
 * base/container
 * base/agent       the agent's own directory
 * base/state       devshell's
 * </pre>
 */
final class RealPair implements AutoCloseable {
    Duration patience = Duration.ofSeconds(20);
    final Path base;
    final Path host;
    final Path container;
    final LocalAgent agent;
    Policy policy = Policy.HOST;
    Root.Flow flow = Root.Flow.BOTH;
    List<IgnoreRules> ignore = List.of(IgnoreRules.EDITORS);
    List<String> holes = List.of();
    /** As {@code --chown} and {@code --chmod} of the COPY line say. */
    String owner = "";

    int mode = -1;
    ProjectSync sync;

    RealPair(Path directory) throws IOException {
        base = directory.toRealPath();
        host = Files.createDirectory(base.resolve("host"));
        container = Files.createDirectory(base.resolve("container"));
        agent = new LocalAgent(base.resolve("agent"));
        sync = ProjectSync.open(base.resolve("state"));
    }

    void attach() throws Exception {
        Root root = new Root(
                container.toString(),
                true,
                new HostPath(host, ""),
                flow,
                ignore,
                List.of(),
                owner,
                mode,
                "Dockerfile:1 COPY . .");
        SyncPlan plan = new SyncPlan(List.of(root), holes, policy, List.of(IgnoreRules.PROTECTED));
        sync.attach("web", 1, "c1", plan, agent).get(patience.toSeconds(), TimeUnit.SECONDS);
    }

    /** Ends devshell and starts it again. */
    void restart() throws Exception {
        sync.close();
        sync = ProjectSync.open(base.resolve("state"));
        attach();
    }

    void flush() {
        sync.flush(patience);
    }

    Path side(boolean onHost) {
        return onHost ? host : container;
    }

    /** Returns what stands below a side: {@code /} for a directory, {@code -> target} for a link, else the content. */
    static Map<String, String> tree(Path root) throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path path : walk.skip(1).toList()) {
                tree.put(root.relativize(path).toString(), content(path));
            }
        }
        return tree;
    }

    private static String content(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "-> " + Files.readSymbolicLink(path);
        } else if (Files.isDirectory(path)) {
            return "/";
        }
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) ? Files.readString(path) : "special";
    }

    static Path write(Path root, String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    @Override
    public void close() {
        sync.close();
    }
}
