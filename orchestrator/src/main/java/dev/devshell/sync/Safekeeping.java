package dev.devshell.sync;

import dev.devshell.sync.core.Node;
import dev.devshell.sync.plan.HostPath;
import dev.devshell.sync.wire.Content;
import dev.devshell.sync.wire.Entry;
import dev.devshell.sync.wire.HostMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings what writes displaced in the replica into the history, then lets the agent forget it (rule 1). The session's loop owns it. */
final class Safekeeping {
    private static final Logger LOG = LoggerFactory.getLogger(Safekeeping.class);
    /** What earlier agents left behind is at most what a few sessions had under way; their contents wait in memory. */
    private static final int MAX_UNSTORED = 1_024;

    private final HostTrees trees;
    private final Archive archive;
    private final Incoming incoming;
    private final Executor loop;
    /** What was displaced and has not reached the history, with the path that it stood at. */
    private final Map<Long, String> unstored = new HashMap<>();
    /** What has reached it, and the agent was not told of yet. */
    private final List<Long> stored = new ArrayList<>();

    private final Map<Long, Displacement> unkept = new HashMap<>();
    private @Nullable String halted;
    private @Nullable Connection connection;

    Safekeeping(HostTrees trees, Archive archive, Incoming incoming, Executor loop) {
        this.trees = trees;
        this.archive = archive;
        this.incoming = incoming;
        this.loop = loop;
    }

    void connected(Connection newConnection) {
        connection = newConnection;
    }

    /** The stream is gone: the agent still has what has not been stored, and offers it when the stream is next opened. */
    void disconnected() {
        connection = null;
        unstored.clear();
        stored.clear();
        unkept.clear();
        halted = null;
    }

    /** Returns the paths of what has not reached the history. */
    Collection<String> unstored() {
        return unstored.values();
    }

    /** Brings a version into the history. */
    void keep(long id, Entry entry, Content content, HostPath host, boolean deleted, boolean conflict) {
        if (unstored.size() >= MAX_UNSTORED || unstored.putIfAbsent(id, entry.path()) != null) {
            throw new BreachException("it has more displaced versions than it was asked to displace, or one twice");
        }
        if (content instanceof Content.Sliced && entry.node() instanceof Node.File file) {
            Incoming.Base base = () -> trees.tree(host).read(host.path());
            expect(id, entry, file, base, new Displacement(host, entry, null, null, deleted, conflict));
        } else {
            byte[] bytes =
                    content instanceof Content.Inline inline ? inline.data().array() : null;
            store(id, new Displacement(host, entry, bytes, null, deleted, conflict));
        }
    }

    private void expect(long id, Entry entry, Node.File file, Incoming.@Nullable Base base, Displacement displacement) {
        try {
            incoming.expect(id, file.digest(), entry.size(), base == null ? Incoming.Base.none() : base, arrived -> {
                Path staged = arrived.file();
                if (staged != null) {
                    store(id, displacement.in(staged));
                } else if (arrived.failure() != null) {
                    outOfReach(id, entry, arrived.failure());
                } else if (arrived.copied() && base != null) {
                    again(id, entry, file, displacement);
                } else {
                    unstored.remove(id);
                }
            });
        } catch (IOException e) {
            outOfReach(id, entry, e);
        }
    }

    /** The host's file, from which it was to be copied, is another one by now; the agent still has the version. */
    private void again(long id, Entry entry, Node.File file, Displacement displacement) {
        Connection to = connection;
        if (to == null) {
            unstored.remove(id);
            return;
        }
        expect(id, entry, file, null, displacement);
        to.send(new HostMessage.Resend(id));
    }

    /** It stays with the agent, who offers it again when the stream is next opened: now, so that nothing is replaced meanwhile. */
    private void outOfReach(long id, Entry entry, IOException failure) {
        LOG.warn("{} cannot be brought into the history: {}", entry.path(), failure.getMessage());
        unstored.remove(id);
        Connection to = connection;
        if (to != null) {
            to.close();
        }
    }

    private void store(long id, Displacement displacement) {
        archive.keep(displacement, failure -> loop.execute(() -> stored(id, displacement, failure)));
    }

    private void stored(long id, Displacement displacement, @Nullable Throwable failure) {
        if (failure != null) {
            unkept.put(id, displacement);
            halted = String.valueOf(failure.getMessage());
            LOG.warn(
                    "{} waits in the container for the history: {}",
                    displacement.entry().path(),
                    halted);
            return;
        }
        if (unkept.isEmpty()) {
            // one that was luckier says nothing of those that wait
            halted = null;
        }
        unstored.remove(id);
        stored.add(id);
    }

    /** Tells the agent what has reached the history since this was last called. */
    void flush() {
        Connection to = connection;
        if (to != null && !stored.isEmpty()) {
            to.send(new HostMessage.Stored(List.copyOf(stored)));
        }
        stored.clear();
    }

    /** Returns why nothing may be replaced now: what was replaced before cannot be kept (rule 1). Null when all is well. */
    @Nullable
    String halted() {
        return halted;
    }

    /** Tries again to keep what could not be kept. */
    void retry() {
        Map<Long, Displacement> again = Map.copyOf(unkept);
        unkept.clear();
        again.forEach(this::store);
    }
}
