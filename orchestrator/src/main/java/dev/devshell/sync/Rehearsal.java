package dev.devshell.sync;

import dev.devshell.DevshellException;
import dev.devshell.ignore.IgnoreRules;
import dev.devshell.sync.plan.HostPath;
import dev.devshell.sync.plan.Policy;
import dev.devshell.sync.plan.Root;
import dev.devshell.sync.plan.SyncPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays edits before the first real one, so that the JVM has loaded and compiled by then what an edit takes: a JVM that has not costs it two or three times as long.
 *
 * <p>The sync itself plays, between two directories and with the real agent, which runs on this machine for the purpose. That is to happen while there is nothing to do
 * but wait, so whoever has something to do ends it at any point. Where it cannot take place, the first edits are slower, and nothing else.
 */
public final class Rehearsal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    /** In each direction; more of them gain little. */
    static final int EDITS = 150;

    private static final int FILES = 8;
    private static final int SIZE = 2_048;
    private static final long LOOK_NANOS = 500_000;
    private static final long TOO_LONG_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Path scratch;
    private final Thread thread;
    private final Random random = new Random();
    private volatile boolean over;
    private final AtomicInteger played = new AtomicInteger();

    private Rehearsal(Path scratch) {
        this.scratch = scratch;
        this.thread = new Thread(this::run, "devshell-rehearsal");
        thread.setDaemon(true);
    }

    /** Begins to play in a directory that nobody else uses, and that is gone afterwards. */
    public static Rehearsal begin(Path scratch) {
        Rehearsal rehearsal = new Rehearsal(scratch);
        rehearsal.thread.start();
        return rehearsal;
    }

    private void run() {
        try {
            remove();
            play();
        } catch (IOException | ExecutionException | TimeoutException | DevshellException e) {
            LOG.debug("The rehearsal ended before its time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            try {
                remove();
            } catch (IOException e) {
                LOG.debug("The next rehearsal removes what this one left", e);
            }
        }
    }

    private void play() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        Path host = Files.createDirectories(scratch.resolve("host")).toRealPath();
        Path container = Files.createDirectory(scratch.resolve("container")).toRealPath();
        for (int i = 0; i < FILES; i++) {
            Files.write(host.resolve("file" + i), content());
        }
        try (ProjectSync sync = ProjectSync.open(scratch.resolve("state"))) {
            sync.attach("rehearsal", 1, "rehearsal", plan(host, container), this::agent)
                    .get(TOO_LONG_NANOS, TimeUnit.NANOSECONDS);
            for (int i = 0; i < EDITS && !over; i++) {
                String file = "file" + i % FILES;
                edit(host.resolve(file), container.resolve(file));
                edit(container.resolve(file), host.resolve(file));
            }
        }
    }

    private static SyncPlan plan(Path host, Path container) {
        Root root = new Root(
                container.toString(),
                true,
                new HostPath(host, ""),
                Root.Flow.BOTH,
                List.of(IgnoreRules.EDITORS),
                List.of(),
                "",
                -1,
                "COPY . .");
        return new SyncPlan(List.of(root), List.of(), Policy.HOST, List.of(IgnoreRules.PROTECTED));
    }

    private AgentStream agent() throws IOException {
        AgentBinary binary = AgentBinary.of(System.getProperty("os.arch").replace("aarch64", "arm64"));
        Path home = Files.createDirectories(scratch.resolve("agent"));
        Path program = home.resolve(binary.fileName());
        if (!Files.exists(program)) {
            Files.write(program, binary.bytes());
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        }
        return new ProcessStream(new ProcessBuilder(program.toString(), "--home", home.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    private byte[] content() {
        byte[] content = new byte[SIZE];
        random.nextBytes(content);
        return content;
    }

    /** Writes a file on one side, and waits until it is on the other. */
    private void edit(Path written, Path awaited) throws IOException, TimeoutException {
        Files.write(written, content());
        long since = System.nanoTime();
        while (!over && Files.mismatch(written, awaited) >= 0) {
            if (System.nanoTime() - since > TOO_LONG_NANOS) {
                throw new TimeoutException("an edit did not arrive");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        played.incrementAndGet();
    }

    private void remove() throws IOException {
        if (Files.exists(scratch)) {
            try (Stream<Path> all = Files.walk(scratch)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }

    /** Returns how many edits were played so far. */
    int played() {
        return played.get();
    }

    /** Waits until all is played. */
    public void await() throws InterruptedException {
        thread.join();
    }

    /** Ends it where it is; what it needs is let go of by and by. */
    @Override
    public void close() {
        over = true;
    }
}
