package dev.devshell.sync.history;

import dev.devshell.sync.core.Digest;
import dev.devshell.sync.core.Node;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a version in a segment; without an entry, of a content that later versions still refer to.
 *
 * @param carried whether the version comes from an older segment, which was dropped but for this
 */
record HistoryRecord(@Nullable HistoryEntry entry, @Nullable Digest digest, boolean carried) {
    private static final int CONTENT = 0;
    private static final int VERSION = 1;
    private static final int CARRIED = 2;
    /** Added to the kind where the time is written as two numbers, not as text; text is only read any more. */
    private static final int TIME_IN_NUMBERS = 2;

    static HistoryRecord of(HistoryEntry entry) {
        return of(entry, false);
    }

    static HistoryRecord carried(HistoryEntry entry) {
        return of(entry, true);
    }

    private static HistoryRecord of(HistoryEntry entry, boolean carried) {
        return new HistoryRecord(entry, entry.item().node() instanceof Node.File file ? file.digest() : null, carried);
    }

    static HistoryRecord of(Digest content) {
        return new HistoryRecord(null, content, false);
    }

    byte[] write() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try {
            DataOutputStream out = new DataOutputStream(bytes);
            if (entry != null) {
                out.writeByte((carried ? CARRIED : VERSION) + TIME_IN_NUMBERS);
                write(out, entry);
            } else if (digest != null) {
                out.writeByte(CONTENT);
                out.write(digest.toBytes());
            }
        } catch (IOException e) {
            throw new IllegalStateException("a version cannot be put into words: " + entry, e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, HistoryEntry entry) throws IOException {
        HistoryItem item = entry.item();
        out.writeUTF(entry.id());
        out.writeLong(entry.size());
        out.writeUTF(item.path());
        out.writeUTF(item.context());
        out.writeUTF(item.side().name());
        out.writeUTF(item.service());
        out.writeUTF(item.containerId());
        out.writeUTF(item.reason().name());
        out.writeInt(item.mode());
        Instant when = item.when();
        out.writeLong(when.getEpochSecond());
        out.writeInt(when.getNano());
        write(out, item.node());
    }

    private static void write(DataOutputStream out, Node node) throws IOException {
        if (node instanceof Node.File file) {
            out.writeByte(file.executable() ? 'x' : 'f');
            out.write(file.digest().toBytes());
        } else if (node instanceof Node.Link link) {
            out.writeByte('l');
            out.writeUTF(link.target());
        } else {
            out.writeByte(node instanceof Node.Directory ? 'd' : 's');
        }
    }

    /** Reads one; null when it is not one. */
    static @Nullable HistoryRecord read(byte[] bytes) {
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            return switch (in.readByte()) {
                case CONTENT -> of(digest(in));
                case VERSION -> of(entry(in, false));
                case CARRIED -> carried(entry(in, false));
                case VERSION + TIME_IN_NUMBERS -> of(entry(in, true));
                case CARRIED + TIME_IN_NUMBERS -> carried(entry(in, true));
                default -> null;
            };
        } catch (IOException | DateTimeException | IllegalArgumentException e) {
            return null;
        }
    }

    private static HistoryEntry entry(DataInputStream in, boolean numbers) throws IOException {
        String id = in.readUTF();
        long size = in.readLong();
        String path = in.readUTF();
        String context = in.readUTF();
        HistoryItem.Side side = HistoryItem.Side.valueOf(in.readUTF());
        String service = in.readUTF();
        String container = in.readUTF();
        HistoryItem.Reason reason = HistoryItem.Reason.valueOf(in.readUTF());
        int mode = in.readInt();
        Instant when = numbers ? Instant.ofEpochSecond(in.readLong(), in.readInt()) : Instant.parse(in.readUTF());
        // a project has few of these, and many versions
        return new HistoryEntry(
                id,
                new HistoryItem(
                        path,
                        context.intern(),
                        side,
                        service.intern(),
                        container.intern(),
                        reason,
                        node(in),
                        mode,
                        when),
                size);
    }

    private static Node node(DataInputStream in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case 'f', 'x' -> new Node.File(digest(in), kind == 'x');
            case 'l' -> new Node.Link(in.readUTF());
            case 'd' -> Node.directory();
            case 's' -> Node.special();
            default -> throw new IOException("unknown kind " + kind);
        };
    }

    private static Digest digest(DataInputStream in) throws IOException {
        return Digest.fromBytes(in.readNBytes(Digest.BYTES));
    }
}
