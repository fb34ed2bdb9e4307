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
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Holds deletions on the host that a container asks for in bulk, until a person has said what to do with them.
 *
 * <p>A few go through at once. Once there are more, the rest waits until no more come for a moment, because a mass deletion arrives in pieces; then the whole is
 * judged ({@link Brake}), counting what went through just before. Nothing is written down: what is held has not come to rest, so that after a restart it is decided
 * again from the ancestor, and held again. The session's loop owns it.
 */
final class DeleteBrake {
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** Enough where so little has gone that what comes after a pause is still judged in time. */
    private static final long SHORT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    /** So many times the deletions so far is still less than the mapping. */
    private static final int LITTLE = 8;
    /** Counting what a mapping has takes longer in larger trees than the shorter wait would save. */
    private static final int COUNTED = 20_000;

    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(2);
    /** Deletions that are no further apart than this are one batch. */
    private static final long BATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final SyncPlan plan;
    private final ReplicaState state;
    private final NavigableSet<String> gathered = new TreeSet<>();
    private final NavigableSet<String> held = new TreeSet<>();
    private final Set<String> released = new HashSet<>();
    private final Map<String, Integer> passed = new HashMap<>();
    /** What the host has of the mappings of which something is gathered; 0 where that was not counted. */
    private final Map<String, Integer> mapped = new HashMap<>();

    private boolean judging;
    private long first;
    private long last = System.nanoTime();

    /** What is held of one mapping: container paths, and whether its directory has gone as a whole. */
    record Held(Root root, boolean vanished, List<String> paths) {}

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
            if (mapped.containsKey(root(path))
                    && !held.contains(path)
                    && !released.contains(path)
                    && state.isDeletedByReplica(path)) {
                gathered.add(path);
                last = now;
            } else {
                others.add(path);
            }
        }
        return others;
    }

    /** Returns the steps that may be carried out; the others are gathered or held. {@code decided} is what the steps were decided for. */
    List<Step> pass(Collection<String> decided, List<Step> steps, long now) {
        if (!held.isEmpty() || !gathered.isEmpty()) {
            decided.forEach(held::remove);
            decided.forEach(gathered::remove);
        }
        List<Step> through = new ArrayList<>(steps.size());
        Map<String, List<Step>> deletions = new TreeMap<>();
        for (Step step : steps) {
            held.remove(step.path());
            gathered.remove(step.path());
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
        judging = false;
        return through;
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
        List<String> paths = batch.stream().map(Step::path).toList();
        int before = passed.getOrDefault(root, 0);
        int already = below(held, root).size();
        int total = batch.size() + before + already + below(gathered, root).size();
        boolean vanished = state.hasVanished(root);
        boolean few = total <= Brake.FEW && below(gathered, root).isEmpty();
        if (!vanished && !few && !judging && already == 0) {
            first = gathered.isEmpty() ? now : first;
            gathered.addAll(paths);
            mapped.computeIfAbsent(root, top -> state.known() <= COUNTED ? state.onHost(top) : 0);
            return List.of();
        }
        if (vanished || (!few && Brake.holds(total, state.onHost(root) + before))) {
            held.addAll(paths);
            return List.of();
        }
        passed.merge(root, batch.size(), Integer::sum);
        return batch;
    }

    private static NavigableSet<String> below(NavigableSet<String> paths, String root) {
        return root.equals("/") ? paths : paths.subSet(root, true, root + "0", false);
    }

    /** Returns after how many nanoseconds what is gathered is to be judged, or {@link Mailbox.Rest#NEVER}. */
    long due(long now) {
        return gathered.isEmpty()
                ? Mailbox.Rest.NEVER
                : Math.max(0, Math.min(last + (isLittle() ? SHORT_NANOS : QUIET_NANOS), first + LONGEST_NANOS) - now);
    }

    private boolean isLittle() {
        return mapped.entrySet().stream()
                .noneMatch(root ->
                        LITTLE * (below(gathered, root.getKey()).size() + passed.getOrDefault(root.getKey(), 0))
                                > root.getValue());
    }

    /** Ends the gathering when it is due; returns the paths, to be decided now. */
    Collection<String> take(long now) {
        if (due(now) > 0) {
            return List.of();
        }
        judging = true;
        List<String> all = List.copyOf(gathered);
        gathered.clear();
        mapped.clear();
        return all;
    }

    boolean isGathering() {
        return !gathered.isEmpty();
    }

    boolean isHolding() {
        return !held.isEmpty();
    }

    /** Returns what is held, a mapping at a time. */
    List<Held> held() {
        List<Held> all = new ArrayList<>();
        for (Root root : plan.roots()) {
            List<String> paths = below(held, root.container()).stream()
                    .filter(path -> plan.rootOf(path).filter(root::equals).isPresent())
                    .toList();
            if (!paths.isEmpty()) {
                all.add(new Held(root, state.hasVanished(root.container()), paths));
            }
        }
        return all;
    }

    /** Lets what is held go; returns the paths, to be decided again. */
    Collection<String> release() {
        released.addAll(held);
        return takeHeld();
    }

    /** Refuses what is held: to the replica, what the host has is news. Returns the paths, to be decided again. */
    Collection<String> restore() {
        Collection<String> paths = new TreeSet<>();
        held().stream().filter(Held::vanished).forEach(of -> paths.add(of.root().container()));
        paths.addAll(takeHeld());
        paths.forEach(state::hostIsNews);
        return paths;
    }

    private Collection<String> takeHeld() {
        List<String> all = List.copyOf(held);
        held.clear();
        return all;
    }

    /** Forgets that a path was released, once that has been used or is of no matter any more. */
    void rested(Collection<String> paths) {
        if (!released.isEmpty()) {
            paths.forEach(released::remove);
        }
    }
}
