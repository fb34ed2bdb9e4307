package dev.devshell.sync;

import dev.devshell.sync.core.Digest;
import dev.devshell.sync.core.Node;
import dev.devshell.sync.wire.AgentMessage;
import dev.devshell.sync.wire.AgentMessage.AckStatus;
import dev.devshell.sync.wire.Bytes;
import dev.devshell.sync.wire.Content;
import dev.devshell.sync.wire.Entry;
import dev.devshell.sync.wire.FrameReader;
import dev.devshell.sync.wire.FrameWriter;
import dev.devshell.sync.wire.HostMessage;
import dev.devshell.sync.wire.SliceEnd;
import dev.devshell.sync.wire.WireException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A container that is a map, with an agent that speaks the protocol: for what a real one cannot be made to do on demand. It may be cut off, may refuse writes, and
 * remembers what it was asked.
 */
final class FakeAgent implements AgentStarter {
    private final NavigableMap<String, File> files = new TreeMap<>();
    private final AtomicInteger starts = new AtomicInteger();
    final List<HostMessage.Apply> applied = new CopyOnWriteArrayList<>();
    private final Map<Long, HostMessage.Apply> slicing = new HashMap<>();
    private final Map<Long, ByteArrayOutputStream> slices = new HashMap<>();
    private final List<Long> stored = new CopyOnWriteArrayList<>();
    private @Nullable AckStatus refusal;
    private @Nullable Connection current;
    private @Nullable String unreadable;
    private Duration ahead = Duration.ZERO;

    /** What stands at a path: a node, and the content of a file. */
    private record File(Node node, int mode, String content, long mtimeNanos) {
        Entry entry(String path) {
            long size = content.getBytes(StandardCharsets.UTF_8).length;
            return node instanceof Node.File
                    ? new Entry(path, node, mode, size, mtimeNanos)
                    : new Entry(path, node, 0, 0, 0);
        }
    }

    synchronized FakeAgent with(String path, String content) {
        directories(path);
        files.put(path, file(content));
        return this;
    }

    /** Deletes a file that nobody is told of. */
    synchronized FakeAgent without(String path) {
        files.remove(path);
        return this;
    }

    /** Has a directory be one that cannot be read, with all that is in it; null for none. */
    synchronized void unreadable(@Nullable String path) {
        unreadable = path;
    }

    private List<Entry> scanned() {
        List<Entry> entries = new ArrayList<>();
        files.forEach((path, file) -> {
            if (unreadable == null || !path.startsWith(unreadable + "/")) {
                entries.add(file.entry(path));
            }
            if (path.equals(unreadable)) {
                entries.add(new Entry(path, Node.unreadable(), 0, 0, 0));
            }
        });
        return entries;
    }

    private void directories(String path) {
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            files.putIfAbsent(path.substring(0, slash), new File(Node.directory(), 0755, "", 0));
        }
    }

    private File file(String content) {
        Node node = new Node.File(Digest.of(content.getBytes(StandardCharsets.UTF_8)), false);
        return new File(node, 0644, content, clock());
    }

    /** Sets the container's clock ahead of this machine's, or behind. */
    synchronized FakeAgent ahead(Duration by) {
        ahead = by;
        return this;
    }

    private long clock() {
        return AgentClock.Reading.now().wallNanos() + ahead.toNanos();
    }

    /** Writes a file in the container, as a process there would. */
    synchronized void write(String path, String content) {
        Set<String> before = Set.copyOf(files.keySet());
        directories(path);
        files.keySet().stream().filter(made -> !before.contains(made)).forEach(this::changed);
        files.put(path, file(content));
        changed(path);
    }

    synchronized void delete(String path) {
        files.subMap(path, true, path + "0", false).descendingKeySet().stream()
                .toList()
                .forEach(gone -> {
                    files.remove(gone);
                    changed(gone);
                });
    }

    synchronized @Nullable String read(String path) {
        File file = files.get(path);
        return file == null ? null : file.content();
    }

    synchronized boolean exists(String path) {
        return files.containsKey(path);
    }

    /** Answers every write with this from now on; null to do what is asked again. */
    synchronized void refuse(@Nullable AckStatus status) {
        refusal = status;
    }

    int starts() {
        return starts.get();
    }

    List<Long> stored() {
        return stored;
    }

    /** Cuts the stream, as a network would. */
    synchronized void cut() {
        if (current != null) {
            current.close();
        }
    }

    private void changed(String path) {
        if (current != null) {
            Entry entry = entry(path);
            current.send(new AgentMessage.Changed(List.of(new AgentMessage.Change(entry, inline(path)))));
        }
    }

    private Entry entry(String path) {
        File file = files.get(path);
        return file == null ? Entry.absent(path) : file.entry(path);
    }

    private Content inline(String path) {
        File file = files.get(path);
        if (file == null || !(file.node() instanceof Node.File)) {
            return Content.none();
        }
        byte[] bytes = file.content().getBytes(StandardCharsets.UTF_8);
        return bytes.length <= Content.MAX_INLINE ? new Content.Inline(Bytes.of(bytes)) : Content.none();
    }

    @Override
    public synchronized AgentStream start() throws IOException {
        starts.incrementAndGet();
        Connection connection = new Connection();
        current = connection;
        Threads.start("fake-agent", connection::serve);
        return connection;
    }

    private synchronized void handle(Connection from, HostMessage message) {
        if (message instanceof HostMessage.Hello) {
            from.send(new AgentMessage.Welcome("0".repeat(64), 1, "amd64", clock()));
        } else if (message instanceof HostMessage.Plan) {
            from.send(new AgentMessage.ScanBegin(AgentMessage.ScanReason.PLAN));
            from.send(new AgentMessage.Scanned(scanned()));
            from.send(new AgentMessage.ScanDone());
        } else if (message instanceof HostMessage.Apply apply) {
            if (apply.content() instanceof Content.Sliced) {
                slicing.put(apply.id(), apply);
                slices.put(apply.id(), new ByteArrayOutputStream());
            } else {
                String content = apply.content() instanceof Content.Inline inline
                        ? text(inline.data().array())
                        : "";
                from.send(apply(apply, content));
            }
        } else if (message instanceof HostMessage.Slice slice) {
            slice(from, slice);
        } else if (message instanceof HostMessage.Fetch fetch) {
            byte[] bytes = String.valueOf(read(fetch.path())).getBytes(StandardCharsets.UTF_8);
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                byte[] part = new byte[Math.min(rest.remaining(), Content.MAX_INLINE)];
                rest.get(part);
                from.send(new AgentMessage.Slice(
                        fetch.id(), rest.hasRemaining() ? SliceEnd.MORE : SliceEnd.LAST, Bytes.of(part)));
            }
        } else if (message instanceof HostMessage.Cookie cookie) {
            from.send(new AgentMessage.CookieSeen(cookie.id()));
        } else if (message instanceof HostMessage.Stored ids) {
            stored.addAll(ids.ids());
        } else if (message instanceof HostMessage.Bye) {
            from.send(new AgentMessage.Bye());
            from.close();
        }
    }

    private void slice(Connection from, HostMessage.Slice slice) {
        ByteArrayOutputStream content = slices.get(slice.id());
        HostMessage.Apply apply = slicing.get(slice.id());
        if (content == null || apply == null) {
            return;
        }
        content.writeBytes(slice.data().array());
        if (slice.end() == SliceEnd.LAST) {
            slices.remove(slice.id());
            from.send(apply(apply, text(content.toByteArray())));
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private AgentMessage.Ack apply(HostMessage.Apply apply, String content) {
        String path = apply.target().path();
        Entry before = entry(path);
        if (refusal != null) {
            return new AgentMessage.Ack(apply.id(), refusal, before, Entry.absent(path), Content.none(), "refused");
        }
        applied.add(apply);
        if (!before.node().equals(apply.expected())) {
            return new AgentMessage.Ack(apply.id(), AckStatus.MISMATCH, before, Entry.absent(path), Content.none(), "");
        }
        Node target = apply.target().node();
        if (target instanceof Node.Absent
                && !files.subMap(path + "/", path + "0").isEmpty()) {
            return new AgentMessage.Ack(
                    apply.id(), AckStatus.NOT_EMPTY, before, Entry.absent(path), Content.none(), "");
        }
        Content displaced = inline(path);
        boolean matters = before.node() instanceof Node.File || before.node() instanceof Node.Link;
        if (target instanceof Node.Absent) {
            files.remove(path);
        } else {
            directories(path);
            boolean sameContent = apply.content() instanceof Content.None && files.get(path) != null;
            String text = sameContent ? String.valueOf(read(path)) : content;
            files.put(
                    path,
                    new File(target, apply.target().mode(), text, apply.target().mtimeNanos()));
        }
        return new AgentMessage.Ack(
                apply.id(),
                AckStatus.APPLIED,
                entry(path),
                matters ? before : Entry.absent(path),
                matters ? displaced : Content.none(),
                "");
    }

    /** One run of the agent, over two pipes. */
    private final class Connection implements AgentStream {
        private final Pipe toAgent = Pipe.open();
        private final Pipe toHost = Pipe.open();
        private final FrameWriter<AgentMessage> writer = FrameWriter.toHost();
        private final WritableByteChannel out = toHost.sink();

        Connection() throws IOException {}

        void serve() {
            FrameReader<HostMessage> reader = FrameReader.fromHost(toAgent.source()::read);
            try {
                for (HostMessage message = reader.next(); message != null; message = reader.next()) {
                    handle(this, message);
                }
            } catch (IOException | WireException e) {
                close();
            }
        }

        synchronized void send(AgentMessage message) {
            try {
                writer.add(message);
                ByteBuffer bytes = writer.take();
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
            } catch (IOException e) {
                close();
            }
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            ReadableByteChannel in = toHost.source();
            return in.read(into);
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                toAgent.sink().write(bytes);
            }
        }

        @Override
        public void close() {
            try {
                toAgent.sink().close();
                toAgent.source().close();
                toHost.sink().close();
                toHost.source().close();
            } catch (IOException e) {
                throw new AssertionError("a pipe of this process cannot be closed", e);
            }
        }
    }
}
