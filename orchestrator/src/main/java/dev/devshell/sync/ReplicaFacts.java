package dev.devshell.sync;

import dev.devshell.Sync.Conflict;
import dev.devshell.Sync.Explanation.Fact;
import dev.devshell.SyncStatus;
import dev.devshell.sync.core.Ancestor;
import dev.devshell.sync.core.Node;
import dev.devshell.sync.core.Side;
import dev.devshell.sync.plan.HostPath;
import dev.devshell.sync.plan.Root;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tells people what a session knows. On the session's thread only. */
final class ReplicaFacts {
    /** How many of the paths that wait are named. */
    static final int SHOWN = 20;

    private static final String NOT_SYNCED = "not synced";

    private ReplicaFacts() {}

    /** Returns how the replica stands. */
    static SyncStatus.Replica status(ReplicaSession session) {
        Traffic traffic = session.traffic();
        return new SyncStatus.Replica(
                session.replica().service(),
                session.replica().number(),
                session.replica().containerId(),
                session.standing().state(),
                session.known(),
                session.changed().size()
                        + session.carrier().waiting()
                        + session.brake().waiting(),
                session.standing().asking().size(),
                traffic.toContainer(),
                traffic.toHost(),
                waits(session, SHOWN).entrySet().stream()
                        .map(wait -> new SyncStatus.Waiting(ProjectSync.shown(session, wait.getKey()), wait.getValue()))
                        .toList(),
                session.standing().errors(),
                session.standing().detail());
    }

    /** Returns what is left alone and why, by container path. */
    static Map<String, String> problems(ReplicaSession session) {
        session.git().look();
        Map<String, String> all = new TreeMap<>(session.standing().problems());
        session.carrier().obstacles().stuck().forEach((path, stuck) -> all.put(path, stuck.message()));
        String halted = session.carrier().halted();
        if (halted != null) {
            all.put("/", "the sync has stopped: replaced versions cannot be kept in the history: " + halted);
        }
        return all;
    }

    /** Returns container paths that wait, at most so many, and what for: those first that need somebody to do something. */
    static Map<String, String> waits(ReplicaSession session, int most) {
        Map<String, String> waits = new LinkedHashMap<>();
        BiConsumer<String, String> note = (path, why) -> {
            if (waits.size() < most) {
                waits.putIfAbsent(path, why);
            }
        };
        session.carrier().obstacles().stuck().forEach((path, stuck) -> {
            if (stuck.retry()) {
                note.accept(path, stuck.message() + " (it is tried again)");
            }
        });
        session.carrier().tellWaiting(note);
        session.changed().some(most).forEach(path -> note.accept(path, session.undecided()));
        return waits;
    }

    static List<Conflict> conflicts(ReplicaSession session) {
        return session.standing().asking().stream()
                .map(path -> new Conflict(
                        ProjectSync.shown(session, path),
                        session.replica().service(),
                        session.replica().number(),
                        path,
                        describe(session.state().at(Side.HOST, path)),
                        describe(session.state().at(Side.REPLICA, path))))
                .toList();
    }

    /** Returns what this replica has to say of a path of the host; nothing where no root of its plan holds it. */
    static List<Fact> explain(ReplicaSession session, Path path) {
        return explain(session, path, container -> known(session, container));
    }

    /** Returns what can be said from another thread: all but what the session knows. */
    static List<Fact> explainWhileBusy(ReplicaSession session, Path path) {
        return explain(
                session,
                path,
                container -> List.of(new Fact(
                        "now",
                        "the sync is busy with many changes; what it knows of the path it says when it has got on")));
    }

    private static List<Fact> explain(ReplicaSession session, Path path, Function<String, List<Fact>> known) {
        List<Fact> facts = new ArrayList<>();
        for (Root root : session.plan().roots()) {
            HostPath host = relative(root.host().context(), path);
            String container = host == null ? null : root.containerOf(host);
            if (host != null && container != null) {
                facts.add(new Fact(
                        "mapping", session.replica().shortName() + ":" + container + "  (" + root.origin() + ")"));
                List<Fact> planned = planned(session, root, host, container);
                facts.addAll(planned);
                if (planned.stream().noneMatch(fact -> fact.name().equals(NOT_SYNCED))) {
                    facts.addAll(known.apply(container));
                }
            }
        }
        return facts;
    }

    private static @Nullable HostPath relative(Path context, Path path) {
        return path.startsWith(context)
                ? new HostPath(context, context.relativize(path).toString())
                : null;
    }

    /** What the plan says of it. */
    private static List<Fact> planned(ReplicaSession session, Root root, HostPath host, String container) {
        List<Fact> facts = new ArrayList<>();
        boolean directory = java.nio.file.Files.isDirectory(host.toPath(), java.nio.file.LinkOption.NOFOLLOW_LINKS);
        if (session.plan().inHole(container)) {
            facts.add(new Fact(NOT_SYNCED, "the container has a mount there"));
            return facts;
        }
        if (!session.plan().covers(container, directory)) {
            facts.add(new Fact(NOT_SYNCED, "an ignore rule leaves it out" + rule(session, host, directory)));
            return facts;
        }
        if (!session.plan().rootOf(container).equals(java.util.Optional.of(root))) {
            facts.add(new Fact(
                    "overlaid", "a later instruction owns this container path where the host has something for it"));
        }
        facts.add(new Fact("direction", root.flow() == Root.Flow.BOTH ? "both ways" : "to the container only"));
        if (session.plan().isProtected(host.path(), directory)) {
            facts.add(new Fact("protected", "never written from a container"));
        }
        if (session.plan().isQuiet(root, host.path(), directory)) {
            facts.add(new Fact("gitignored", "what is new there in the container stays in the container"));
        }
        return facts;
    }

    private static List<Fact> known(ReplicaSession session, String container) {
        List<Fact> facts = new ArrayList<>();
        Ancestor ancestor = session.state().ancestor(container);
        facts.add(new Fact("on the host", describe(session.state().at(Side.HOST, container))));
        facts.add(new Fact("in the container", describe(session.state().at(Side.REPLICA, container))));
        facts.add(new Fact("last rested", rested(ancestor)));
        facts.add(new Fact("now", now(session, container)));
        Traffic.Carried last = session.traffic().last(container);
        if (last != null) {
            facts.add(new Fact("last carried", carried(last)));
        }
        return facts;
    }

    private static String rule(ReplicaSession session, HostPath host, boolean directory) {
        return session.plan().ignoring(host, directory).map(rule -> ": " + rule).orElse("");
    }

    private static String carried(Traffic.Carried last) {
        return String.format(
                Locale.ROOT,
                "to the %s at %s, %.1f ms after it was seen",
                last.side() == Side.HOST ? "host" : "container",
                last.when().truncatedTo(ChronoUnit.MILLIS),
                last.nanos() / 1e6);
    }

    private static String rested(Ancestor ancestor) {
        return ancestor.isAgreed()
                ? describe(ancestor.host())
                : describe(ancestor.host()) + " on the host, " + describe(ancestor.replica()) + " in the container";
    }

    private static String now(ReplicaSession session, String container) {
        String problem = problems(session).get(container);
        if (problem != null) {
            return problem;
        }
        if (session.brake().holds(container)) {
            return "deleted in the container; held until devshell sync release or sync restore";
        }
        if (session.standing().asking().contains(container)) {
            return "in conflict; devshell sync resolve decides it";
        }
        String why = waits(session, Integer.MAX_VALUE).get(container);
        return why == null ? "at rest" : "on its way: " + why;
    }

    static String describe(Node node) {
        if (node instanceof Node.File file) {
            return (file.executable() ? "executable file " : "file ") + file.digest();
        }
        if (node instanceof Node.Link link) {
            return "link to " + link.target();
        }
        if (node instanceof Node.Directory) {
            return "directory";
        }
        if (node instanceof Node.Absent) {
            return "nothing";
        }
        return node instanceof Node.Special ? "something special" : "unreadable";
    }
}
