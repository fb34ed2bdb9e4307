package dev.devshell.sync;

import dev.devshell.sync.core.Brake;
import dev.devshell.sync.core.Decision;
import dev.devshell.sync.core.Node;
import dev.devshell.sync.core.Side;
import dev.devshell.sync.core.Step;
import dev.devshell.sync.plan.Root;
import dev.devshell.sync.plan.SyncPlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Holds deletions on the host that a container asks for in bulk, until a person has said what to do with them.
 *
 * <p>A few go through at once. Once there are more, the rest waits until no more come for a moment, because a mass deletion arrives in pieces; then the whole is
 * judged ({@link Brake}), counting what went through just before. There may be a million of them: they are let go of a part at a time. Nothing is written down:
 * what is held has not come to rest, so that after a restart it is decided again from the ancestor, and held again. The session's loop owns it.
 */
final class DeleteBrake {
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** Enough where so little has gone that what comes after a pause is still judged in time. */
    private static final long SHORT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    /** So many times the deletions so far is still less than the mapping. */
    private static final int LITTLE = 8;
    /** Counting what a mapping has takes longer in larger trees than the shorter wait would save. */
    private static final int COUNTED = 20_000;

    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);
    /** From so many on, a pause says less: whatever deletes them, and the agent, may be kept waiting. */
    private static final int MANY = 10_000;

    private static final long MANY_QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** Deletions that are no further apart than this are one batch: longer than a busy machine keeps an engine from going on with one. */
    private static final long BATCH_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final SyncPlan plan;
    private final ReplicaState state;
    private final RootedPaths gathered = new RootedPaths();
    private final RootedPaths held = new RootedPaths();
    /** What may go, and what may not: to be decided, a part at a time. */
    private final RootedPaths open = new RootedPaths();

    private final RootedPaths refused = new RootedPaths();
    /** Of what may go, what is being decided and carried out. */
    private final Set<String> released = new HashSet<>();

    private final Map<String, Integer> passed = new HashMap<>();
    /** How many paths the host had of a mapping before anything of it was gathered: counted once for each batch. */
    private final Map<String, Integer> mapped = new HashMap<>();

    private long first;
    private long last = System.nanoTime();

    /**
     * What is held of one mapping.
     *
     * @param vanished whether its directory has gone as a whole
     * @param some container paths, those that come first
     */
    record Held(Root root, boolean vanished, int count, List<String> some) {}

    DeleteBrake(SyncPlan plan, ReplicaState state) {
        this.plan = plan;
        this.state = state;
    }

    /**
     * Gathers, while it does, what plainly is one more deletion of the same kind, so that it need not be decided twice; returns the other paths.
     */
    List<String> gather(List<String> paths, long now) {
        if (gathered.isEmpty()) {
            return paths;
        }
        List<String> others = new ArrayList<>();
        for (String path : paths) {
            String root = root(path);
            if (gathered.count(root) > 0
                    && !held.contains(path)
                    && !open.contains(path)
                    && !refused.contains(path)
                    && !released.contains(path)
                    && state.isDeletedByReplica(path)) {
                gathered.add(root, path);
                last = now;
            } else {
                others.add(path);
            }
        }
        return others;
    }

    /** Returns the steps that may be carried out; the others are gathered or held. {@code decided} is what the steps were decided for. */
    List<Step> pass(Collection<String> decided, List<Step> steps, long now) {
        decided.forEach(this::forget);
        List<Step> through = new ArrayList<>(steps.size());
        Map<String, List<Step>> deletions = new TreeMap<>();
        for (Step step : steps) {
            forget(step.path());
            if (!destroys(step) || released.contains(step.path())) {
                through.add(step);
            } else {
                deletions
                        .computeIfAbsent(root(step.path()), missing -> new ArrayList<>())
                        .add(step);
            }
        }
        if (!deletions.isEmpty()) {
            if (now - last > BATCH_NANOS && gathered.isEmpty()) {
                passed.clear();
            }
            last = now;
            deletions.forEach((root, batch) -> through.addAll(0, judge(root, batch, now)));
        }
        return through;
    }

    private void forget(String path) {
        held.remove(path);
        gathered.remove(path);
        open.remove(path);
        refused.remove(path);
    }

    private String root(String path) {
        return plan.rootOf(path).map(Root::container).orElse("");
    }

    private boolean destroys(Step step) {
        if (!(step.decision() instanceof Decision.Write write) || write.side() != Side.HOST) {
            return false;
        }
        Node now = state.at(Side.HOST, step.path());
        return write.deletes()
                ? !(now instanceof Node.Absent)
                : now instanceof Node.Directory && !(write.target() instanceof Node.Directory);
    }

    private List<Step> judge(String root, List<Step> batch, long now) {
        boolean few = gathered.count(root) == 0 && total(root) + batch.size() <= Brake.FEW;
        if (state.hasVanished(root) || (held.count(root) > 0 && !few && holds(root, batch.size()))) {
            batch.forEach(step -> held.add(root, step.path()));
            return List.of();
        }
        if (few || held.count(root) > 0) {
            passed.merge(root, batch.size(), Integer::sum);
            return batch;
        }
        first = gathered.isEmpty() ? now : first;
        batch.forEach(step -> gathered.add(root, step.path()));
        if (state.known() <= COUNTED) {
            count(root);
        }
        return List.of();
    }

    private int count(String root) {
        return mapped.computeIfAbsent(root, of -> state.onHost(of) + passed.getOrDefault(of, 0));
    }

    private boolean isLittle() {
        return gathered.roots().stream()
                .noneMatch(root ->
                        LITTLE * (gathered.count(root) + passed.getOrDefault(root, 0)) > mapped.getOrDefault(root, 0));
    }

    private int total(String root) {
        return passed.getOrDefault(root, 0) + held.count(root) + gathered.count(root);
    }

    private boolean holds(String root, int more) {
        return Brake.holds(total(root) + more, count(root));
    }

    /**
     * Returns whether a directory is one deletion with what is in it, and that is held: it is then held too, without being decided. To decide it would be to decide
     * everything in it.
     */
    boolean holdsBelow(String path) {
        for (RootedPaths paths : List.of(held, gathered, open)) {
            if (paths.hasBelow(path)
                    && state.at(Side.REPLICA, path) instanceof Node.Absent
                    && state.at(Side.HOST, path) instanceof Node.Directory) {
                paths.add(root(path), path);
                return true;
            }
        }
        return false;
    }

    /** Returns after how many nanoseconds there is something to do, or {@link Mailbox.Rest#NEVER}. */
    long due(long now) {
        if (gathered.isEmpty()) {
            return Mailbox.Rest.NEVER;
        }
        long quiet = gathered.size() >= MANY ? MANY_QUIET_NANOS : isLittle() ? SHORT_NANOS : QUIET_NANOS;
        return Math.max(0, Math.min(last + quiet, first + LONGEST_NANOS) - now);
    }

    /** Judges what is gathered when that is due. */
    void look(long now) {
        if (due(now) > 0) {
            if (gathered.isEmpty() && held.isEmpty()) {
                mapped.clear();
            }
            return;
        }
        for (String root : gathered.roots()) {
            boolean holds = state.hasVanished(root) || holds(root, 0);
            if (!holds) {
                passed.merge(root, gathered.count(root), Integer::sum);
            }
            gathered.move(root, holds ? held : open);
        }
    }

    /** Takes up to {@code most} of the paths that may go: they are to be decided now. */
    Collection<String> takeOpen(int most) {
        List<String> going = open.takeFromBelow(most);
        released.addAll(going);
        return going;
    }

    /** Takes up to {@code most} of the paths that were refused: they are to be decided now. */
    Collection<String> takeRefused(int most) {
        List<String> back = refused.take(most);
        back.forEach(state::hostIsNews);
        return back;
    }

    /** Returns whether something is to be judged or decided without anybody doing anything. */
    boolean isGathering() {
        return !gathered.isEmpty() || goesOn();
    }

    /** Returns whether there is more to be taken. */
    boolean goesOn() {
        return !open.isEmpty() || !refused.isEmpty();
    }

    /** Returns how many paths wait to be taken or judged. */
    int waiting() {
        return gathered.size() + open.size() + refused.size();
    }

    boolean isHolding() {
        return !held.isEmpty();
    }

    boolean holds(String path) {
        return held.contains(path);
    }

    /** Returns what is held, a mapping at a time, with at most so many of its paths. */
    List<Held> held(int most) {
        List<Held> all = new ArrayList<>();
        for (Root root : plan.roots()) {
            int count = held.count(root.container());
            if (count > 0) {
                boolean vanished = state.hasVanished(root.container());
                all.add(new Held(root, vanished, count, held.first(root.container(), most)));
            }
        }
        return all;
    }

    /** Lets what is held go. */
    void release() {
        held.roots().forEach(root -> held.move(root, open));
    }

    /** Refuses what is held: to the replica, what the host has is news. */
    void restore() {
        for (String root : held.roots()) {
            if (state.hasVanished(root)) {
                refused.add(root, root);
            }
            held.move(root, refused);
        }
    }

    /** Forgets that a path was released, once that has been used or is of no matter any more. */
    void rested(Collection<String> paths) {
        if (!released.isEmpty()) {
            paths.forEach(released::remove);
        }
    }
}
