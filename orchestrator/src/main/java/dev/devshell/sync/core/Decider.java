package dev.devshell.sync.core;

import dev.devshell.sync.core.Decision.Ask;
import dev.devshell.sync.core.Decision.Blocked;
import dev.devshell.sync.core.Decision.Merge;
import dev.devshell.sync.core.Decision.Remember;
import dev.devshell.sync.core.Decision.Rest;
import dev.devshell.sync.core.Decision.Write;

/** Decides one path by itself, without looking at its neighbours; {@link Reconciler} sees to the tree. */
public final class Decider {
    private Decider() {}

    /** Returns what to do, given where the path last rested, what each side has now, and who prevails in a conflict. */
    public static Decision decide(Ancestor ancestor, Node host, Node replica, Preference preference) {
        if (!host.portable()) {
            return new Blocked(Side.HOST);
        }
        if (!replica.portable()) {
            return new Blocked(Side.REPLICA);
        }
        if (host.equals(replica)) {
            return ancestor.isAgreed() && ancestor.host().equals(host)
                    ? Rest.INSTANCE
                    : new Remember(Ancestor.agreed(host));
        }
        boolean hostChanged = !host.equals(ancestor.host());
        boolean replicaChanged = !replica.equals(ancestor.replica());
        if (hostChanged && replicaChanged) {
            return bothChanged(ancestor, host, replica, preference);
        }
        if (hostChanged) {
            return new Write(Side.REPLICA, host, false);
        }
        if (replicaChanged) {
            return new Write(Side.HOST, replica, false);
        }
        return Rest.INSTANCE;
    }

    private static Decision bothChanged(Ancestor ancestor, Node host, Node replica, Preference preference) {
        // A change is worth more than a deletion: whoever deleted can delete again, whoever changed cannot type it
        // again.
        if (host instanceof Node.Absent) {
            return preference == Preference.HOST_ALWAYS
                    ? new Write(Side.REPLICA, host, true)
                    : new Write(Side.HOST, replica, false);
        }
        if (replica instanceof Node.Absent) {
            return new Write(Side.REPLICA, host, false);
        }
        Decision merged = preference == Preference.HOST_ALWAYS ? Ask.INSTANCE : merge(ancestor, host, replica);
        if (!(merged instanceof Ask)) {
            return merged;
        }
        return switch (preference) {
            case HOST, HOST_ALWAYS -> new Write(Side.REPLICA, host, true);
            case REPLICA -> new Write(Side.HOST, replica, true);
            case ASK -> Ask.INSTANCE;
        };
    }

    /** Content and executable bit are two things: where each side changed one of them, both changes are kept. */
    private static Decision merge(Ancestor ancestor, Node host, Node replica) {
        if (!(ancestor.isAgreed()
                && ancestor.host() instanceof Node.File base
                && host instanceof Node.File h
                && replica instanceof Node.File r)) {
            return Ask.INSTANCE;
        }
        if (h.digest().equals(r.digest())) {
            // The bit has two values, so two sides that differ in it cannot both have changed it.
            boolean executable = h.executable() != base.executable() ? h.executable() : r.executable();
            return settle(new Node.File(h.digest(), executable), host, replica);
        }
        if (h.digest().equals(base.digest())) {
            return settle(new Node.File(r.digest(), h.executable()), host, replica);
        }
        if (r.digest().equals(base.digest())) {
            return settle(new Node.File(h.digest(), r.executable()), host, replica);
        }
        return Ask.INSTANCE;
    }

    private static Decision settle(Node.File target, Node host, Node replica) {
        if (target.equals(host)) {
            return new Write(Side.REPLICA, target, false);
        }
        if (target.equals(replica)) {
            return new Write(Side.HOST, target, false);
        }
        return new Merge(target);
    }
}
