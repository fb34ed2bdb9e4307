package dev.devshell.sync;

import dev.devshell.SyncStatus;
import dev.devshell.sync.core.Node;
import dev.devshell.sync.plan.SyncPlan;
import dev.devshell.sync.wire.AgentMessage;
import dev.devshell.sync.wire.Entry;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What one replica's agent says: notes what the replica has, and hands answers to whoever waits for them. The session's loop owns it. */
final class AgentSide implements AgentLink.Listener {

    /** Nobody reads more, and each is held in memory. */
    private static final int MOST_PROBLEMS = 2_000;

    private final Knowledge knowledge;
    private final Writes writes;
    private final Consumer<String> onFailure;
    private final AgentLink link;
    /** The paths that the agent has problems with. */
    private final Set<String> troubled = new HashSet<>();

    private boolean live;

    /** What is known of the replica, and how it stands. */
    record Knowledge(
            SyncPlan plan,
            HostTrees trees,
            ReplicaState state,
            ReplicaScan scan,
            ChangedPaths changed,
            Standing standing,
            ReplicaBarrier barrier) {}

    /** Whoever waits for answers and contents. */
    record Writes(Carrier carrier, ReplicaWriter replica, HostWriter host, Incoming incoming) {}

    AgentSide(
            String name,
            AgentStarter starter,
            Executor loop,
            Knowledge knowledge,
            Writes writes,
            Consumer<String> onFailure) {
        this.knowledge = knowledge;
        this.writes = writes;
        this.onFailure = onFailure;
        this.link = new AgentLink(name, starter, loop, this);
    }

    /** Begins to connect; from any thread. */
    void open() {
        link.open();
    }

    /** Returns whether all that the replica has is known, and goes on being told. */
    boolean isLive() {
        return live && !knowledge.scan().isRunning();
    }

    /** Sends a cookie through the agent's watcher; without an agent, once there is one again. */
    void cookie(CompletableFuture<Void> seen) {
        var cookie = knowledge.barrier().cookie(seen);
        if (live) {
            link.send(cookie);
        }
    }

    void close() {
        live = false;
        link.close();
    }

    @Override
    public void connected(Connection to) {
        writes.replica().connected(to);
        writes.host().connected(to);
        knowledge.state().connected(to.clock());
        knowledge.standing().becomes(SyncStatus.State.CATCHING_UP, "");
        PlanFrames.of(knowledge.plan(), knowledge.trees().quiet()).forEach(to::send);
    }

    @Override
    public void disconnected() {
        live = false;
        knowledge.scan().abandon();
        writes.carrier().disconnected();
        writes.incoming().forget();
    }

    @Override
    public void waits(String why) {
        knowledge.standing().loses(why);
    }

    @Override
    public void failed(String why) {
        onFailure.accept(why);
    }

    @Override
    public void received(AgentMessage message) {
        if (message instanceof AgentMessage.Changed changes) {
            changes.changes().forEach(this::changed);
        } else if (message instanceof AgentMessage.Ack ack) {
            writes.carrier().acknowledged(ack);
        } else if (message instanceof AgentMessage.Scanned part) {
            part.entries().stream().filter(this::covered).forEach(knowledge.scan()::saw);
        } else if (message instanceof AgentMessage.ScanBegin) {
            // a scan tells of everything that still is one
            troubled.forEach(knowledge.standing()::solved);
            troubled.clear();
            knowledge.scan().begin();
        } else if (message instanceof AgentMessage.ScanDone) {
            scanDone();
        } else if (message instanceof AgentMessage.CookieSeen seen) {
            knowledge.barrier().seen(seen.id());
        } else if (message instanceof AgentMessage.Problem problem) {
            problem(problem);
        } else if (message instanceof AgentMessage.Displaced displaced) {
            writes.replica().leftBehind(displaced);
        }
    }

    private void problem(AgentMessage.Problem problem) {
        if (knowledge.standing().named() < MOST_PROBLEMS) {
            knowledge.standing().problem(problem.path(), TellTale.plain(problem.message()));
            if (!problem.path().equals("/")) {
                troubled.add(problem.path());
            }
        }
    }

    private void changed(AgentMessage.Change change) {
        Entry entry = change.entry();
        if (!covered(entry)) {
            return;
        }
        if (entry.node().portable()) {
            knowledge.standing().solved(entry.path());
            if (!(entry.node() instanceof Node.Directory)) {
                knowledge.standing().solvedBelow(entry.path());
            }
        }
        if (knowledge.state().replicaIs(entry)) {
            writes.host().offer(entry.path(), change.content());
            boolean gone = entry.node() instanceof Node.Absent;
            knowledge.changed().touch(entry.path(), System.nanoTime(), live, gone);
            if (entry.node() instanceof Node.Directory) {
                knowledge.standing().blockedBelow(entry.path()).forEach(knowledge.changed()::later);
            }
        }
    }

    /** The agent is not believed: what it names outside the plan is not there. */
    private boolean covered(Entry entry) {
        return knowledge.plan().covers(entry.path(), entry.node() instanceof Node.Directory);
    }

    @Override
    public boolean took(AgentMessage message, Runnable processed) {
        if (message instanceof AgentMessage.Slice slice) {
            writes.incoming().slice(slice, processed);
            return true;
        } else if (message instanceof AgentMessage.Copy copy) {
            writes.incoming().copy(copy, processed);
            return true;
        }
        return false;
    }

    private void scanDone() {
        if (knowledge.scan().end()) {
            live = true;
            knowledge.barrier().resend(link::send);
            link.steady();
        }
    }
}
