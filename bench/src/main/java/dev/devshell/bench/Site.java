package dev.devshell.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/**
 * One container of a Compose project of its own, with a tree on the host that belongs to its {@code /app}.
 *
 * @param root the container's own root directory, as seen from the host
 */
record Site(Path project, String container, Path root, Set<Long> ownProcesses) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration ONE_PROBE = Duration.ofSeconds(3);

    static Site up(Path project) throws IOException, InterruptedException {
        Command.run(project, "docker", "compose", "up", "-d", "--no-build", "--quiet-pull");
        String container = Command.run(project, "docker", "compose", "ps", "-q", "app");
        String pid = Command.run(project, "docker", "inspect", "-f", "{{.State.Pid}}", container);
        Path root = Path.of("/proc", pid, "root");
        if (!Files.isDirectory(root.resolve("app"))) {
            throw new IOException(root + "/app cannot be seen: the bench needs root, and an engine on this machine");
        }
        return new Site(project, container, root, processes(project, container));
    }

    Path tree() {
        return project.resolve("tree");
    }

    Path inside() {
        return root.resolve("app");
    }

    /** Gives both sides the same tree before anything is synced. */
    List<Contents.Planned> grow(int count, int size) throws IOException, InterruptedException {
        List<Contents.Planned> files = Contents.plan("src", count, size, 1_000);
        Contents.create(tree(), files);
        pipe(tree(), ".", "/app");
        return files;
    }

    /** The one-shot tar pipe to the container. */
    double pipe(Path from, String what, String to) throws IOException, InterruptedException {
        return Command.timed(from, "tar -cf - " + what + " | docker exec -i " + container + " tar -xf - -C " + to);
    }

    /** What copies a file into the container by hand. */
    double copy(String file) throws IOException, InterruptedException {
        return Command.timed(project, "docker cp -q " + file + " " + container + ":/floor/copy");
    }

    /** The one-shot tar pipe from the container. */
    double pipeBack(String from, String what, Path to) throws IOException, InterruptedException {
        return Command.timed(to, "docker exec " + container + " tar -cf - -C " + from + " " + what + " | tar -xf -");
    }

    /** Returns once an edit arrives; it is made anew again and again, for some programs miss what was there before they were. */
    void awaitLive() throws IOException, TimeoutException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (int probe = 0; ; probe++) {
            byte[] content = Contents.of(probe, 100);
            long since = Contents.overwrite(tree().resolve("probe.txt"), 0, content);
            try {
                Arrival.content(inside().resolve("probe.txt"), content, since, ONE_PROBE);
                return;
            } catch (TimeoutException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
            }
        }
    }

    /** Returns the processes in the container that were not there when it started. */
    Set<Long> guests() throws IOException, InterruptedException {
        Set<Long> guests = new HashSet<>(processes(project, container));
        guests.removeAll(ownProcesses);
        return guests;
    }

    private static Set<Long> processes(Path project, String container) throws IOException, InterruptedException {
        Set<Long> pids = new HashSet<>();
        Command.run(project, "docker", "top", container, "-eo", "pid")
                .lines()
                .skip(1)
                .forEach(line -> pids.add(Long.parseLong(line.strip())));
        return pids;
    }

    @Override
    public void close() throws IOException {
        Command.run(project, "docker", "compose", "down", "-t", "0");
    }
}
