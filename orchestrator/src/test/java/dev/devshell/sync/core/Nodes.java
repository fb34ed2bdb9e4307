package dev.devshell.sync.core;

import java.nio.charset.StandardCharsets;

/**
 * Reads nodes from the short form that the tables of these tests are written in.
 *
 * <pre>
 *   -      nothing            x+     an executable file with content x
 *   x      a file with content x     /      a directory
 *   &gt;x     a link to x        U      something special        P      something unreadable
 * </pre>
 */
final class Nodes {
    private Nodes() {}

    static Node node(String text) {
        return switch (text) {
            case "-" -> Node.absent();
            case "/" -> Node.directory();
            case "U" -> Node.special();
            case "P" -> Node.unreadable();
            default -> text.startsWith(">") ? new Node.Link(text.substring(1)) : file(text);
        };
    }

    static Node.File file(String text) {
        boolean executable = text.endsWith("+");
        String content = executable ? text.substring(0, text.length() - 1) : text;
        return new Node.File(Digest.of(content.getBytes(StandardCharsets.UTF_8)), executable);
    }

    /** Reads an ancestor: one node that was agreed on, or the host's and the replica's half with a {@code :} between. */
    static Ancestor ancestor(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? Ancestor.agreed(node(text))
                : new Ancestor(node(text.substring(0, colon)), node(text.substring(colon + 1)));
    }
}
