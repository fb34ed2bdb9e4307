package dev.devshell.sync;

import dev.devshell.DevshellException;
import dev.devshell.Notice;
import dev.devshell.SyncStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How one replica stands, as people are told. A session makes one now and then while it is busy, so that there is an answer even when it is at something that
 * takes long.
 *
 * @param waits container paths that wait, some of them, and what for
 * @param taken as {@link System#nanoTime}
 */
record ReplicaView(
        SyncStatus.Replica status,
        Map<String, String> waits,
        List<SyncStatus.Problem> problems,
        List<Notice> held,
        long taken) {
    private static final long OLD_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PATIENCE_MILLIS = 1_000;

    /** Makes one; on the session's thread only. */
    static ReplicaView of(ReplicaSession session) {
        List<SyncStatus.Problem> problems = new ArrayList<>();
        ReplicaFacts.problems(session)
                .forEach((path, message) ->
                        problems.add(new SyncStatus.Problem(session.replica().service(), Path.of(path), message)));
        return new ReplicaView(
                ReplicaFacts.status(session),
                ReplicaFacts.waits(session, ReplicaFacts.SHOWN),
                problems,
                HeldDeletions.notices(session),
                System.nanoTime());
    }

    /** Asks a session how it stands; one that does not answer soon is told as it last stood. */
    static ReplicaView ask(ReplicaSession session) {
        CompletableFuture<ReplicaView> answer = session.ask(() -> of(session));
        try {
            return answer.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return session.view().whileBusy(System.nanoTime());
        } catch (ExecutionException e) {
            throw new IllegalStateException("how " + session.replica().shortName() + " stands cannot be told", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevshellException.Interrupted("interrupted while asking the sync how it stands");
        }
    }

    boolean isOld(long now) {
        return now - taken > OLD_NANOS;
    }

    /** Returns the state in words, and what a person should know besides. */
    String told() {
        String state = status.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return status.detail().isEmpty() ? state : state + ": " + status.detail();
    }

    private ReplicaView whileBusy(long now) {
        String old = String.format(
                Locale.ROOT, "busy with many changes; this is how it stood %.0f s ago", (now - taken) / 1e9);
        SyncStatus.Replica of = status;
        SyncStatus.Replica busy = new SyncStatus.Replica(
                of.service(),
                of.number(),
                of.containerId(),
                of.state(),
                of.files(),
                of.waiting(),
                of.conflicts(),
                of.toContainer(),
                of.toHost(),
                of.waits(),
                of.errors(),
                of.detail().isEmpty() ? old : of.detail() + "; " + old);
        return new ReplicaView(busy, waits, problems, held, taken);
    }
}
