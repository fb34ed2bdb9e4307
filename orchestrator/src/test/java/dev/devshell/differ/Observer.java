package dev.devshell.differ;

import dev.devshell.sync.core.Digest;
import dev.devshell.sync.core.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Looks at both sides again and again, and notes each content that has stood whole for a while: its inode did not change.
 *
 * <p>No bytes are no content: that is a file about to be written, or nothing that could be lost.
 *
 * <p>The while is 200 ms on a machine that does what it is told when it is told. Where more threads want to run than there are cores, or
 * this one is woken late, the sync is late too, and the while is longer by as much. What can only come after a deletion on the other
 * side may wait as long as the delete brake does.
 */
final class Observer implements AutoCloseable {
    static final long WHILE = 200;

    /** For how long the delete brake gathers at most. */
    private static final long BRAKE = 2_000;

    private static final long PERIOD = 20;
    /** For how long a late awakening counts, in milliseconds. */
    private static final long MEMORY = 2_000;

    private final Look host;
    private final Look container;
    private final Sightings stood;
    private final Load load = new Load();
    private final AtomicLong notBefore = new AtomicLong();
    private final FutureTask<Void> task = new FutureTask<>(this::observe);
    private final Thread thread = new Thread(task, "differ-observer");
    private volatile boolean closed;
    private long late;
    private long lateAt;

    Observer(Path host, Path container, Sightings stood) {
        this.stood = stood;
        this.host = Look.atSynced(host);
        this.container = Look.atSynced(container);
        thread.setDaemon(true);
        thread.start();
    }

    /** From now on nothing counts as standing: while git moves, nothing is carried. */
    void holdBreath() {
        notBefore.set(Long.MAX_VALUE / 2);
    }

    /** What stands counts as standing since now at the earliest. */
    void breathe() {
        notBefore.set(System.currentTimeMillis());
    }

    @SuppressWarnings("NullAway") // a task of Void
    private Void observe() throws IOException {
        long due = System.nanoTime();
        while (!closed) {
            due = Math.max(due + Duration.ofMillis(PERIOD).toNanos(), System.nanoTime());
            while (due - System.nanoTime() > 0) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            load.look();
            long began = System.currentTimeMillis();
            noteLateness(began, (System.nanoTime() - due) / 1_000_000);
            Map<String, Standing> onHost = host.tree();
            Map<String, Standing> inContainer = container.tree();
            note(Side.HOST, began, onHost, inContainer);
            note(Side.CONTAINER, began, inContainer, onHost);
            noteLateness(began, System.currentTimeMillis() - began);
        }
        return null;
    }

    private void noteLateness(long now, long millis) {
        if (millis >= late || now - lateAt > MEMORY) {
            late = millis;
            lateAt = now;
        }
    }

    private void note(Side side, long now, Map<String, Standing> here, Map<String, Standing> there) {
        here.forEach((path, standing) -> {
            long since = Math.max(standing.since(), notBefore.get());
            long patience = (long) (WHILE * load.factor()) + 2 * late + (clashes(path, there) ? BRAKE : 0);
            if (standing.node() instanceof Node.File file
                    && !file.digest().equals(Digest.EMPTY)
                    && now - since >= patience) {
                stood.add(file.digest(), new Place(side, path), standing.head());
            }
        });
    }

    /** Returns whether something else must be deleted before a file can be at the path. */
    private static boolean clashes(String path, Map<String, Standing> there) {
        if (isDirectory(there.get(path))) {
            return true;
        }
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            Standing above = there.get(path.substring(0, slash));
            if (above != null && !isDirectory(above)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDirectory(@Nullable Standing standing) {
        return standing != null && standing.node() instanceof Node.Directory;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        try {
            task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IOException("the observer has ended", e);
        }
    }
}
