package dev.devshell.sync;

import dev.devshell.DevshellException;
import dev.devshell.fault.Faults;
import dev.devshell.fault.FaultyDisk;
import dev.devshell.ignore.IgnoreRules;
import dev.devshell.sync.host.FaultyHost;
import dev.devshell.sync.plan.HostPath;
import dev.devshell.sync.plan.Policy;
import dev.devshell.sync.plan.Root;
import dev.devshell.sync.plan.SyncPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A project whose devshell may die in the middle of a script of edits, and is then started again.
 *
 * <pre>
 * base/
 *   host/       the developer's tree
 *   container/  what the agent is given to keep equal
 *   around/     nothing of the sync's
 *   state/      devshell's
 * </pre>
 */
final class MortalProject implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String LONG = " and so on".repeat(12_000);

    private final Path host;
    private final Path container;
    private final Path around;
    private final Path state;
    private final LocalAgent agent;
    private final List<String> problems = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    /** What stood whole on a side, and nobody but the sync may have taken from there. */
    private final Map<String, String> owed = new HashMap<>();

    private @Nullable ProjectSync sync;
    private boolean attached;

    MortalProject(Path base) throws IOException {
        Path real = Files.createDirectories(base).toRealPath();
        host = Files.createDirectory(real.resolve("host"));
        container = Files.createDirectory(real.resolve("container"));
        around = Files.createDirectory(real.resolve("around"));
        state = real.resolve("state");
        agent = new LocalAgent(real.resolve("agent"));
        agent.leastUpload = 2L * LONG.length();
        populate();
    }

    LocalAgent agent() {
        return agent;
    }

    /** Returns what was broken. */
    List<String> problems() {
        return problems;
    }

    /** Returns what devshell said that it could not do. */
    List<String> complaints() {
        return complaints;
    }

    private void populate() throws IOException {
        for (String file : List.of("a", "b", "dir/x", "dir/y", "dir/sub/z", "kind", "mode", "gone", "lost", "both")) {
            write(host, file, "the host's first " + file);
        }
        for (String file : List.of("a", "both", "tree/t1", "tree/t2", "image/only")) {
            write(container, file, "the image's " + file);
        }
        write(host, "large", "the host's first large" + LONG);
        write(host, "bulk", "the host's first bulk" + LONG.repeat(3));
        write(host, ".git/config", "protected on the host");
        write(host, "ignored/file", "ignored on the host");
        write(container, "ignored/file", "ignored in the container");
        write(around, "file", "around");
        Files.createSymbolicLink(container.resolve("way-out"), around);
    }

    /** Lives the whole script under faults, then once more without them. */
    void live(Faults faults) throws Exception {
        start(faults);
        owe();
        for (Edits edits : script()) {
            edits.make();
            await(faults);
        }
        end(faults);
        boolean hadAncestor = attached;
        start(Faults.none());
        List<String> before = List.copyOf(complaints);
        await(Faults.none());
        problems.addAll(complaints.subList(before.size(), complaints.size()));
        check(hadAncestor);
    }

    private void end(Faults faults) {
        if (faults.isStopped()) {
            agent.hangUp();
        }
        if (sync != null) {
            sync.close();
        }
    }

    private void start(Faults faults) throws InterruptedException {
        try {
            sync = ProjectSync.open(FaultyDisk.of(state, faults), new Surroundings() {}, new FaultyHost(faults)::open);
            Root root = new Root(
                    container.toString(),
                    true,
                    new HostPath(host, ""),
                    Root.Flow.BOTH,
                    List.of(IgnoreRules.docker("ignored\n"), IgnoreRules.EDITORS),
                    List.of(),
                    "",
                    -1,
                    "Dockerfile:1 COPY . .");
            SyncPlan plan = new SyncPlan(List.of(root), List.of(), Policy.HOST, List.of(IgnoreRules.PROTECTED));
            CompletableFuture<Void> caughtUp = sync.attach("web", 1, "c1", plan, new FaultyLine(agent, faults));
            CompletableFuture.anyOf(caughtUp, faults.stopped()).get(SOON.toSeconds(), TimeUnit.SECONDS);
            attached = caughtUp.isDone();
        } catch (DevshellException | ExecutionException | TimeoutException e) {
            if (!faults.isStopped()) {
                complaints.add("does not start: " + e);
            }
        }
    }

    private void await(Faults faults) throws InterruptedException, TimeoutException {
        ProjectSync flushing = sync;
        if (flushing == null || faults.isStopped()) {
            return;
        }
        CompletableFuture<Void> flushed = CompletableFuture.runAsync(() -> flushing.flush(SOON));
        try {
            CompletableFuture.anyOf(flushed, faults.stopped()).get(SOON.toSeconds() * 2, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            complaints.add(
                    e.getCause() instanceof DevshellException known ? known.what() + ": " + known.why() : "" + e);
        }
    }

    // --- the script ---

    @FunctionalInterface
    private interface Edits {
        void make() throws IOException;
    }

    private List<Edits> script() {
        return List.of(
                () -> {
                    edit(host, "a", "the host's second a");
                    edit(host, "new/h", "the host's new file");
                    Files.setPosixFilePermissions(host.resolve("mode"), PosixFilePermissions.fromString("rwxr-xr-x"));
                    edit(container, "b", "the container's second b");
                    edit(container, "made/c", "the container's new file");
                    edit(container, ".envrc", "the container's own");
                },
                () -> {
                    Files.move(host.resolve("dir"), host.resolve("moved"));
                    destroyed(container, "kind");
                    Files.deleteIfExists(container.resolve("kind"));
                    edit(container, "kind/inside", "what the container put inside");
                },
                () -> {
                    pause(true);
                    edit(host, "both", "the host's second both");
                    edit(container, "both", "the container's second both");
                    pause(false);
                },
                () -> {
                    delete(host, "gone");
                    delete(container, "lost");
                    edit(host, "large", "the host's second large" + LONG);
                    edit(host, "bulk", "the host's second bulk" + LONG.repeat(3));
                    edit(container, "heavy", "the container's heavy" + LONG);
                },
                () -> {
                    delete(container, "tree/t1");
                    delete(container, "tree/t2");
                    Files.deleteIfExists(container.resolve("tree"));
                    edit(container, "tree", "a file in place of a directory");
                    Files.createSymbolicLink(host.resolve("link"), Path.of("a"));
                    edit(container, "large", "the container's third large" + LONG);
                });
    }

    private void pause(boolean pause) {
        if (sync != null && pause) {
            sync.pause();
        } else if (sync != null) {
            sync.resume();
        }
    }

    private static void write(Path side, String path, String content) throws IOException {
        Path file = side.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    /** Saves a file as a careful editor does: there is no instant at which it is not whole. */
    private void edit(Path side, String path, String content) throws IOException {
        Path file = side.resolve(path);
        Files.createDirectories(file.getParent());
        Path beside = Files.writeString(file.resolveSibling("new~"), content);
        destroyed(side, path);
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        owed.put(content, side.getFileName() + "/" + path);
    }

    private void delete(Path side, String path) throws IOException {
        destroyed(side, path);
        Files.deleteIfExists(side.resolve(path));
    }

    /** What somebody edits or deletes himself is nobody's loss. */
    private void destroyed(Path side, String path) {
        owed.values().remove(side.getFileName() + "/" + path);
    }

    private void owe() throws IOException {
        for (Path side : List.of(host, container)) {
            for (Map.Entry<String, String> file : RealPair.tree(side).entrySet()) {
                if (Files.isRegularFile(side.resolve(file.getKey()), LinkOption.NOFOLLOW_LINKS)) {
                    owed.putIfAbsent(file.getValue(), side.getFileName() + "/" + file.getKey());
                }
            }
        }
    }

    // --- what must hold ---

    private void check(boolean hadAncestor) throws IOException {
        Map<String, String> hosts = RealPair.tree(host);
        Map<String, String> containers = RealPair.tree(container);
        lane(hosts, containers);
        nothingIsLost(hosts, containers);
        hosts.keySet().removeIf(path -> path.startsWith("ignored"));
        containers
                .keySet()
                .removeIf(path -> path.startsWith("ignored")
                        || path.startsWith("image")
                        || path.equals("way-out")
                        || path.equals(".envrc"));
        if (!hadAncestor) {
            // rule 10: what was made in the container before anybody had looked at it is part of the image
            containers.keySet().retainAll(hosts.keySet());
        }
        difference("only on the host, or other than in the container", hosts, containers);
        difference("only in the container, or other than on the host", containers, hosts);
    }

    private void lane(Map<String, String> hosts, Map<String, String> containers) throws IOException {
        expect("protected on the host", hosts.get(".git/config"));
        expect("the container's own", containers.get(".envrc"));
        expect("null", String.valueOf(hosts.get(".envrc")));
        expect("ignored on the host", hosts.get("ignored/file"));
        expect("ignored in the container", containers.get("ignored/file"));
        expect("the image's image/only", containers.get("image/only"));
        expect("{file=around}", RealPair.tree(around).toString());
        for (Path side : List.of(host, container)) {
            try (Stream<Path> walk = Files.walk(side)) {
                walk.filter(path -> path.getFileName().toString().startsWith(".devshell"))
                        .forEach(path -> problems.add("left behind: " + path));
            }
        }
        agent.uploaded().forEach(path -> problems.add("left in the agent's stage: " + path));
    }

    private void expect(String expected, @Nullable String found) {
        if (!expected.equals(found)) {
            problems.add("expected " + expected + ", but was: " + found);
        }
    }

    private void difference(String what, Map<String, String> one, Map<String, String> other) {
        one.forEach((path, content) -> {
            if (!content.equals(other.get(path))) {
                problems.add(what + ": " + path + " = " + shortened(content));
            }
        });
    }

    private static String shortened(String content) {
        return content.replace(LONG, "...");
    }

    private void nothingIsLost(Map<String, String> hosts, Map<String, String> containers) throws IOException {
        StringBuilder history = new StringBuilder();
        try (Stream<Path> files = Files.walk(state.resolve("history"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                history.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        owed.forEach((content, where) -> {
            if (!hosts.containsValue(content) && !containers.containsValue(content) && history.indexOf(content) < 0) {
                problems.add("lost: " + shortened(content) + ", which stood at " + where);
            }
        });
    }

    @Override
    public void close() {
        if (sync != null) {
            sync.close();
        }
        agent.kill();
    }
}
