package dev.devshell.sync;

import dev.devshell.sync.core.Node;
import dev.devshell.sync.host.HostContent;
import dev.devshell.sync.host.HostWrite;
import dev.devshell.sync.host.WriteResult;
import dev.devshell.sync.wire.Content;
import dev.devshell.sync.wire.Entry;
import dev.devshell.sync.wire.HostMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Writes the replica's changes to the host, fetching their content where it did not come along. The session's loop owns it. */
final class HostWriter {
    private static final int MAX_CACHED = 16 << 20;
    /** How often a content may be given up in a row before its path is left alone for a while. */
    private static final int PATIENCE = 3;

    private static final int MAX_GIVEN_UP = 1_000;

    private final HostTrees trees;
    private final Incoming incoming;
    private final Executor loop;
    private final Map<String, Content.Inline> contents = new HashMap<>();
    private final Set<Long> fetching = new HashSet<>();
    private final Map<String, Integer> givenUp = new HashMap<>();
    private final String service;
    private final HostDeletions deletions;
    private int cached;
    private @Nullable Connection connection;
    private BiConsumer<Long, WriteResult> written = (id, result) -> {};
    private LongConsumer withdrawn = id -> {};

    HostWriter(String service, HostTrees trees, Incoming incoming, Executor loop) {
        this.service = service;
        this.trees = trees;
        this.incoming = incoming;
        this.loop = loop;
        deletions = new HostDeletions(service, operation -> trees.tree(operation.host()), loop);
    }

    void report(BiConsumer<Long, WriteResult> onWritten, LongConsumer onWithdrawn) {
        written = onWritten;
        withdrawn = onWithdrawn;
    }

    void connected(Connection newConnection) {
        connection = newConnection;
    }

    /** Takes the bytes that came with a change. */
    void offer(String path, Content content) {
        Content.Inline before =
                content instanceof Content.Inline inline ? contents.put(path, inline) : contents.remove(path);
        cached += size(content instanceof Content.Inline inline ? inline : null) - size(before);
        if (cached > MAX_CACHED) {
            contents.clear();
            cached = 0;
        }
    }

    private static int size(Content.@Nullable Inline content) {
        return content == null ? 0 : content.data().length();
    }

    /** Starts a write, a deletion with the next {@link #flush}; {@code entry} is what the replica has, null where it has not moved. */
    void write(Operation operation, @Nullable Entry entry) {
        if (operation.target() instanceof Node.Absent) {
            deletions.add(operation);
            return;
        }
        flush();
        if (!(operation.target() instanceof Node.File target)
                || (operation.expected() instanceof Node.File before
                        && before.digest().equals(target.digest()))) {
            write(operation, entry, HostContent.none());
            return;
        }
        Content.Inline known = contents.remove(operation.path());
        cached -= size(known);
        if (known != null
                && dev.devshell.sync.core.Digest.of(known.data().array()).equals(target.digest())) {
            write(operation, entry, HostContent.of(known.data().array()));
        } else {
            fetch(operation, entry, target, operation.expected() instanceof Node.File file ? file : Node.absent());
        }
    }

    /** Starts the deletions that were asked for. */
    void flush() {
        deletions.flush(written);
    }

    /** Asks for the content; {@code base} is what the host has there, of which the agent may send only the difference. */
    private void fetch(Operation operation, @Nullable Entry entry, Node.File target, Node base) {
        Connection from = connection;
        if (from == null || entry == null) {
            loop.execute(() -> withdrawn.accept(operation.id()));
            return;
        }
        try {
            fetching.add(operation.id());
            Incoming.Base opened = base instanceof Node.Absent
                    ? Incoming.Base.none()
                    : () -> trees.tree(operation.host()).read(operation.host().path());
            incoming.expect(
                    operation.id(),
                    target.digest(),
                    entry.size(),
                    opened,
                    arrived -> fetched(operation, entry, target, base, arrived));
            from.send(new HostMessage.Fetch(operation.id(), operation.path(), target.digest(), base));
        } catch (IOException e) {
            fetching.remove(operation.id());
            loop.execute(() -> notReceived(operation, e));
        }
    }

    private void notReceived(Operation operation, IOException why) {
        written.accept(
                operation.id(),
                new WriteResult.Failed(WriteResult.Code.IO, "its content cannot be received: " + why.getMessage()));
    }

    private void givenUp(Operation operation) {
        if (givenUp.size() >= MAX_GIVEN_UP) {
            givenUp.clear();
        }
        if (givenUp.merge(operation.path(), 1, Integer::sum) < PATIENCE) {
            withdrawn.accept(operation.id());
        } else {
            givenUp.remove(operation.path());
            String why = "it changes while it is read, or is not what the container says it is";
            written.accept(operation.id(), new WriteResult.Failed(WriteResult.Code.IO, why));
        }
    }

    private void fetched(Operation operation, Entry entry, Node.File target, Node base, Incoming.Arrived arrived) {
        fetching.remove(operation.id());
        Path staged = arrived.file();
        if (arrived.failure() != null) {
            notReceived(operation, arrived.failure());
        } else if (staged == null && arrived.copied() && !(base instanceof Node.Absent)) {
            // The host's file is another one by now. The write will find that; until then the content itself is wanted.
            fetch(operation, entry, target, Node.absent());
        } else if (staged == null) {
            givenUp(operation);
        } else {
            givenUp.remove(operation.path());
            write(operation, entry, new HostContent.Staged(staged));
        }
    }

    private void write(Operation operation, @Nullable Entry entry, HostContent content) {
        HostWrite write = new HostWrite(
                operation.host().path(),
                operation.expected(),
                operation.target(),
                content,
                entry == null ? 0 : entry.mode(),
                entry == null ? 0 : entry.mtimeNanos(),
                new WriteLabel(service, operation.conflict()));
        var unused = trees.tree(operation.host())
                .write(write)
                .whenCompleteAsync((result, failure) -> written.accept(operation.id(), outcome(result, failure)), loop);
    }

    private static WriteResult outcome(@Nullable WriteResult result, @Nullable Throwable failure) {
        if (result != null) {
            return result;
        }
        return new WriteResult.Failed(WriteResult.Code.IO, String.valueOf(failure));
    }

    /** Returns whether the write cannot end without the agent. */
    boolean needsAgent(long id) {
        return fetching.contains(id);
    }

    void disconnected() {
        connection = null;
        fetching.clear();
    }
}
