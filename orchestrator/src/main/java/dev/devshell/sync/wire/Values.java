package dev.devshell.sync.wire;

import dev.devshell.sync.core.Node;
import java.util.List;

/** Encodes and decodes the values that messages of both directions are made of. */
final class Values {
    private static final int ABSENT = 0;
    private static final int FILE = 1;
    private static final int DIRECTORY = 2;
    private static final int LINK = 3;
    private static final int SPECIAL = 4;
    private static final int UNREADABLE = 5;

    private Values() {}

    static void entry(Encoder out, Entry entry) {
        out.string(entry.path());
        Node node = entry.node();
        out.u8(kind(node));
        if (node instanceof Node.File file) {
            out.u16(entry.mode());
            out.i64(entry.size());
            out.i64(entry.mtimeNanos());
            out.digest(file.digest());
        } else if (node instanceof Node.Directory) {
            out.u16(entry.mode());
        } else if (node instanceof Node.Link link) {
            out.string(link.target());
        }
    }

    static Entry entry(Decoder in) throws WireException {
        String path = in.string("a path");
        int kind = in.upTo(UNREADABLE, "an entry's kind");
        if (kind == FILE) {
            int mode = in.u16("a mode");
            long size = in.i64("a size");
            long mtime = in.i64("a time");
            return new Entry(path, new Node.File(in.digest(), (mode & 0111) != 0), mode, size, mtime);
        }
        int mode = kind == DIRECTORY ? in.u16("a mode") : 0;
        return new Entry(path, plain(in, kind), mode, 0, 0);
    }

    static void node(Encoder out, Node node) {
        out.u8(kind(node));
        if (node instanceof Node.File file) {
            out.digest(file.digest());
            out.bool(file.executable());
        } else if (node instanceof Node.Link link) {
            out.string(link.target());
        }
    }

    static Node node(Decoder in) throws WireException {
        int kind = in.upTo(UNREADABLE, "a node's kind");
        return kind == FILE ? new Node.File(in.digest(), in.bool("an executable bit")) : plain(in, kind);
    }

    private static Node plain(Decoder in, int kind) throws WireException {
        return switch (kind) {
            case ABSENT -> Node.absent();
            case DIRECTORY -> Node.directory();
            case LINK -> new Node.Link(in.string("a link's target"));
            case SPECIAL -> Node.special();
            default -> Node.unreadable();
        };
    }

    private static int kind(Node node) {
        if (node instanceof Node.File) {
            return FILE;
        }
        if (node instanceof Node.Directory) {
            return DIRECTORY;
        }
        if (node instanceof Node.Link) {
            return LINK;
        }
        if (node instanceof Node.Special) {
            return SPECIAL;
        }
        return node instanceof Node.Unreadable ? UNREADABLE : ABSENT;
    }

    static void content(Encoder out, Content content) {
        if (content instanceof Content.Inline inline) {
            out.u8(1);
            out.bytes(inline.data());
        } else {
            out.u8(content instanceof Content.Sliced ? 2 : 0);
        }
    }

    static Content content(Decoder in) throws WireException {
        return switch (in.upTo(2, "how content travels")) {
            case 0 -> Content.none();
            case 1 -> new Content.Inline(in.bytes());
            default -> Content.sliced();
        };
    }

    static void ranges(Encoder out, List<Range> ranges) {
        out.list(ranges, (to, range) -> {
            to.i64(range.offset());
            to.i64(range.length());
        });
    }

    static List<Range> ranges(Decoder in) throws WireException {
        return in.list(16, "ranges", item -> new Range(item.i64("an offset"), item.i64("a length")));
    }

    static void strings(Encoder out, List<String> strings) {
        out.list(strings, Encoder::string);
    }

    static List<String> strings(Decoder in, String what) throws WireException {
        return in.list(2, what, item -> item.string(what));
    }
}
