package dev.devshell.sync.core;

import java.util.Objects;

/**
 * The state in which a path last rested: what the host had and what the replica had, as seen when nothing was left to do.
 *
 * <p>Mostly the two are equal (they <em>agreed</em>). They are <em>parted</em> where the sides differ and that is as it should be: content of the image
 * that the host never had, a directory that stays because something the sync does not know is in it. A side has changed when it differs from its own half.
 */
public record Ancestor(Node host, Node replica) {
    private static final Ancestor NOTHING = agreed(Node.absent());

    public Ancestor {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(replica, "replica");
    }

    /** Returns the ancestor of a path that neither side had. */
    public static Ancestor nothing() {
        return NOTHING;
    }

    /** Returns the ancestor of a path on which both sides are {@code node}. */
    public static Ancestor agreed(Node node) {
        return new Ancestor(node, node);
    }

    /**
     * Returns what a new container's path starts from (rule 10).
     *
     * <p>Where the sides are equal, they agree. Else the replica's half is what the image holds and the host's half is nothing, so that whatever the
     * host has counts as an edit of the host, and what only the image has counts as no edit at all.
     */
    public static Ancestor baseline(Node host, Node replica) {
        return host.equals(replica) ? agreed(host) : new Ancestor(Node.absent(), replica);
    }

    public boolean isAgreed() {
        return host.equals(replica);
    }
}
