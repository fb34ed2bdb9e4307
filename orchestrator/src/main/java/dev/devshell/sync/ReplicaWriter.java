package dev.devshell.sync;

import dev.devshell.sync.content.BlockLists;
import dev.devshell.sync.content.Blocks;
import dev.devshell.sync.core.Digest;
import dev.devshell.sync.core.Node;
import dev.devshell.sync.host.HostEntry;
import dev.devshell.sync.host.HostTree;
import dev.devshell.sync.plan.HostPath;
import dev.devshell.sync.wire.AgentMessage;
import dev.devshell.sync.wire.Bytes;
import dev.devshell.sync.wire.Content;
import dev.devshell.sync.wire.Entry;
import dev.devshell.sync.wire.HostMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends writes to the agent, and brings what they displaced into the history. The session's loop owns it. */
final class ReplicaWriter {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaWriter.class);
    private static final int MAX_CACHED = 8 << 20;

    private final HostTrees trees;
    private final Safekeeping safekeeping;
    private final Executor loop;
    private final Map<HostPath, byte[]> contents = new HashMap<>();
    /** Operations that were sent as what changed, and paths that are to be sent whole; the sending thread knows them too. */
    private final Set<Long> copied = ConcurrentHashMap.newKeySet();

    private final Set<String> whole = ConcurrentHashMap.newKeySet();
    /** Paths that are to be sent over the stream, likewise. */
    private final Set<String> streamed = ConcurrentHashMap.newKeySet();

    private int cached;
    private @Nullable Connection connection;
    private Withdrawal withdrawal = id -> {};

    /** Is told when a write is not sent after all. */
    @FunctionalInterface
    interface Withdrawal {
        void withdrawn(long id);
    }

    ReplicaWriter(HostTrees trees, Archive archive, Incoming incoming, Executor loop) {
        this.trees = trees;
        this.loop = loop;
        safekeeping = new Safekeeping(trees, archive, incoming, loop);
    }

    void onWithdrawal(Withdrawal newWithdrawal) {
        this.withdrawal = newWithdrawal;
    }

    void connected(Connection newConnection) {
        connection = newConnection;
        safekeeping.connected(newConnection);
    }

    void disconnected() {
        connection = null;
        safekeeping.disconnected();
        copied.clear();
    }

    int unstored() {
        return safekeeping.unstored().size();
    }

    Collection<String> unstoredPaths() {
        return safekeeping.unstored();
    }

    /** Takes the bytes that came with a change, so that the file is not read twice. */
    void offer(HostPath path, byte @Nullable [] content) {
        byte[] before = content == null ? contents.remove(path) : contents.put(path, content);
        cached += (content == null ? 0 : content.length) - (before == null ? 0 : before.length);
        if (cached > MAX_CACHED) {
            contents.clear();
            cached = 0;
        }
    }

    /** Returns how many bytes of content the write keeps in flight. */
    int weight(HostPath path, Node expected, Node target) {
        return carriesContent(expected, target)
                ? (int) Math.min(trees.entry(path).size(), Content.MAX_INLINE)
                : 0;
    }

    void write(Operation operation) {
        Connection to = connection;
        if (to == null) {
            loop.execute(() -> withdrawal.withdrawn(operation.id()));
            return;
        }
        HostEntry entry = trees.entry(operation.host());
        Entry target = entry(operation.path(), operation.target(), entry);
        if (!carriesContent(operation.expected(), operation.target())) {
            to.send(new HostMessage.Apply(operation.id(), operation.expected(), target, Content.none()));
            return;
        }
        byte[] known = contents.remove(operation.host());
        cached -= known == null ? 0 : known.length;
        if (known != null && known.length == entry.size() && known.length <= Content.MAX_INLINE) {
            to.send(new HostMessage.Apply(
                    operation.id(), operation.expected(), target, new Content.Inline(Bytes.of(known))));
        } else {
            to.send(() -> letter(to, operation, target));
        }
    }

    private static boolean carriesContent(Node expected, Node target) {
        return target instanceof Node.File file
                && !(expected instanceof Node.File before && before.digest().equals(file.digest()));
    }

    /** Makes the message on the sending thread, reading the file there; what has changed meanwhile is decided again. */
    private @Nullable HostMessage letter(Connection to, Operation operation, Entry target) {
        HostTree tree = trees.tree(operation.host());
        SeekableByteChannel channel = null;
        boolean handedOver = false;
        try {
            channel = tree.read(operation.host().path());
            if (target.size() > Content.MAX_INLINE) {
                to.send(feed(operation, target, channel));
                handedOver = true;
                return new HostMessage.Apply(operation.id(), operation.expected(), target, Content.sliced());
            }
            byte[] bytes = readExactly(channel, (int) target.size());
            if (bytes != null
                    && target.node() instanceof Node.File file
                    && Digest.of(bytes).equals(file.digest())) {
                return new HostMessage.Apply(
                        operation.id(), operation.expected(), target, new Content.Inline(Bytes.of(bytes)));
            }
        } catch (IOException e) {
            LOG.debug("{} changed before it could be sent", operation.path(), e);
        } finally {
            if (!handedOver) {
                close(channel);
            }
        }
        loop.execute(() -> withdrawal.withdrawn(operation.id()));
        return null;
    }

    /** What of a large content the agent lacks, where both versions' blocks are known; else all of it. */
    private ContentFeed feed(Operation operation, Entry target, SeekableByteChannel channel) {
        if (operation.expected() instanceof Node.File before
                && target.node() instanceof Node.File file
                && !whole.remove(operation.path())) {
            Blocks fresh = BlockLists.shared().find(file.digest());
            Blocks base = BlockLists.shared().find(before.digest());
            if (fresh != null && base != null) {
                copied.add(operation.id());
                return ContentFeed.changes(operation.id(), channel, fresh, base);
            }
        }
        return streamed.remove(operation.path())
                ? ContentFeed.streamed(operation.id(), channel)
                : ContentFeed.whole(operation.id(), channel, target.size());
    }

    /**
     * Returns whether a content that was not what it should have been is sent another way next: whole where it was made from another version, over the
     * stream where it was put beside it.
     */
    boolean goesAnotherWayNext(Operation operation) {
        if (copied.remove(operation.id())) {
            return whole.add(operation.path());
        }
        return wentBeside(operation.id(), false) && streamed.add(operation.path());
    }

    private static byte @Nullable [] readExactly(SeekableByteChannel channel, int size) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(size + 1);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // until the end, which is one byte before the buffer's
        }
        return buffer.position() == size ? java.util.Arrays.copyOf(buffer.array(), size) : null;
    }

    private static void close(@Nullable SeekableByteChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.debug("Closing a file that was only read failed", e);
        }
    }

    private static Entry entry(String path, Node target, HostEntry host) {
        if (target instanceof Node.File file) {
            int mode = file.executable() ? host.mode() | 0100 : host.mode() & ~0111;
            return new Entry(path, target, mode & 07777, host.size(), host.mtimeNanos());
        }
        return target instanceof Node.Directory
                ? Entry.directory(path, host.mode() & 07777)
                : new Entry(path, target, 0, 0, 0);
    }

    /** Brings what an acknowledged write displaced into the history, then lets the agent forget it. */
    void displaced(AgentMessage.Ack ack, Operation operation) {
        if (ack.status() != AgentMessage.AckStatus.BAD_CONTENT) {
            copied.remove(operation.id());
            wentBeside(operation.id(), true);
        }
        if (!(ack.displaced().node() instanceof Node.Absent)) {
            boolean deleted = operation.target() instanceof Node.Absent && operation.agrees();
            safekeeping.keep(ack.id(), ack.displaced(), ack.content(), operation.host(), deleted, operation.conflict());
        }
    }

    private boolean wentBeside(long id, boolean well) {
        Connection over = connection;
        return over != null && over.wentBeside(id, well);
    }

    /** Brings a version that an earlier agent left behind into the history. */
    void leftBehind(AgentMessage.Displaced displaced) {
        HostPath host = trees.locate(displaced.entry().path());
        if (host != null) {
            safekeeping.keep(displaced.id(), displaced.entry(), displaced.content(), host, false, true);
        }
    }

    /** Tells the agent what has reached the history since this was last called. */
    void flush() {
        safekeeping.flush();
    }

    /** Returns why nothing may be replaced now: what was replaced before cannot be kept (rule 1). Null when all is well. */
    @Nullable
    String halted() {
        return safekeeping.halted();
    }

    /** Tries again to keep what could not be kept. */
    void retry() {
        safekeeping.retry();
    }

    /** Returns where slices of a large content are gathered. */
    static Path gatheringPlace(Path stateDirectory) {
        return stateDirectory.resolve("incoming");
    }
}
