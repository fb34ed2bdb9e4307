package dev.devshell.sync;

import dev.devshell.sync.core.Ancestor;
import dev.devshell.sync.core.Digest;
import dev.devshell.sync.core.Node;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One line of the {@link AncestorJournal}: a path and where it came to rest. */
record AncestorRecord(String path, Ancestor ancestor) {
    byte[] write() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(96 + path.length());
        try {
            DataOutputStream out = new DataOutputStream(bytes);
            writeText(out, path);
            out.writeBoolean(ancestor.isAgreed());
            writeNode(out, ancestor.host());
            if (!ancestor.isAgreed()) {
                writeNode(out, ancestor.replica());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to be written", e);
        }
        return bytes.toByteArray();
    }

    /** Returns the record, or null where the bytes are none. */
    static @Nullable AncestorRecord read(byte[] bytes) {
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            String path = readText(in);
            boolean agreed = in.readBoolean();
            Node host = readNode(in);
            return new AncestorRecord(path, agreed ? Ancestor.agreed(host) : new Ancestor(host, readNode(in)));
        } catch (IOException e) {
            return null;
        }
    }

    private static void writeNode(DataOutputStream out, Node node) throws IOException {
        if (node instanceof Node.File file) {
            out.writeByte(file.executable() ? 'x' : 'f');
            out.write(file.digest().toBytes());
        } else if (node instanceof Node.Link link) {
            out.writeByte('l');
            writeText(out, link.target());
        } else if (node instanceof Node.Directory) {
            out.writeByte('d');
        } else if (node instanceof Node.Absent) {
            out.writeByte('-');
        } else if (node instanceof Node.Special) {
            out.writeByte('s');
        } else {
            out.writeByte('u');
        }
    }

    private static Node readNode(DataInputStream in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case 'x', 'f' -> new Node.File(Digest.fromBytes(in.readNBytes(Digest.BYTES)), kind == 'x');
            case 'l' -> new Node.Link(readText(in));
            case 'd' -> Node.directory();
            case '-' -> Node.absent();
            case 's' -> Node.special();
            case 'u' -> Node.unreadable();
            default -> throw new IOException("unknown kind of node: " + kind);
        };
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeShort(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInputStream in) throws IOException {
        int length = in.readUnsignedShort();
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("a text of " + length + " bytes is cut short");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
