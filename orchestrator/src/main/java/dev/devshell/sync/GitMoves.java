package dev.devshell.sync;

import dev.devshell.sync.host.HostTree;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Notices that git is moving the work tree, a branch switch say: then nothing is decided until it is done, and what it changed goes as one batch.
 *
 * <p>It looks for git's locks when something has changed, and again and again only while there is one, so that it costs nothing otherwise. When the lock has gone, a
 * barrier through the host's watchers brings in what git wrote last. A lock under which no file changes for a while belongs to a git that waits for somebody, or to
 * none at all; it is said, and gathers nothing. The session's loop owns it.
 */
final class GitMoves {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Collection<HostTree> trees;
    private final List<GitDirectory> directories;
    private final Standing standing;
    private final Executor loop;
    private Phase phase = Phase.STILL;
    private long lastChange;
    private @Nullable Path ignored;

    private enum Phase {
        STILL,
        MOVING,
        DRAINING,
        DONE
    }

    GitMoves(Collection<HostTree> trees, Standing standing, Executor loop) {
        this.trees = trees;
        this.directories = trees.stream()
                .flatMap(tree -> GitDirectory.of(tree.root()).stream())
                .distinct()
                .toList();
        this.standing = standing;
        this.loop = loop;
    }

    /** The host changed. */
    void hostChanged(long now) {
        lastChange = now;
    }

    /** Returns whether git is at work now, so that nothing is to be decided. */
    boolean gathers(long now) {
        if (phase == Phase.DRAINING) {
            return true;
        }
        Path lock = lock();
        if (phase == Phase.STILL && lock != null) {
            phase = Phase.MOVING;
            lastChange = now;
        }
        if (phase != Phase.MOVING) {
            return false;
        }
        if (lock == null) {
            drain();
        } else if (now - lastChange > PATIENCE_NANOS) {
            ignored = lock;
            standing.problem(
                    lock.toString(),
                    "git has held it for " + TimeUnit.NANOSECONDS.toSeconds(PATIENCE_NANOS)
                            + " s without changing a file: it waits for you, or was killed. The sync goes on and gathers nothing;"
                            + " if no git is running, delete it");
            phase = Phase.DONE;
            return false;
        }
        return true;
    }

    private @Nullable Path lock() {
        Optional<Path> lock = Optional.empty();
        for (GitDirectory directory : directories) {
            lock = lock.or(directory::lock);
        }
        if (ignored != null && !ignored.toFile().exists()) {
            standing.solved(ignored.toString());
            ignored = null;
        }
        return lock.filter(there -> !there.equals(ignored)).orElse(null);
    }

    /** Returns whether what changes is gathered. */
    boolean isMoving() {
        return phase == Phase.MOVING || phase == Phase.DRAINING;
    }

    /** Looks whether a lock that was told of is still there. */
    void look() {
        if (ignored != null) {
            var unused = lock();
        }
    }

    private void drain() {
        phase = Phase.DRAINING;
        CompletableFuture<?>[] barriers = trees.stream().map(HostTree::barrier).toArray(CompletableFuture[]::new);
        var unused = CompletableFuture.allOf(barriers).whenCompleteAsync((done, failure) -> phase = Phase.DONE, loop);
    }

    /** Returns whether a move has just ended; what the host changed in it is to prevail. */
    boolean hasMoved() {
        boolean moved = phase == Phase.DONE;
        phase = moved ? Phase.STILL : phase;
        return moved;
    }

    /** Returns after how many nanoseconds it wants to look again, or {@link Mailbox.Rest#NEVER}. */
    long due() {
        return phase == Phase.MOVING ? LOOK_NANOS : Mailbox.Rest.NEVER;
    }
}
