package dev.devshell.sync.wire;

import dev.devshell.sync.core.Digest;
import dev.devshell.sync.core.Node;
import java.util.List;

/** A message to the agent; {@code docs/protocol.md} says what each one means. */
public sealed interface HostMessage {
    /** Opens the session. */
    record Hello(String owner, int leaseMillis) implements HostMessage {
        public Hello {
            Limits.atMost("a lease", leaseMillis, Integer.MAX_VALUE);
        }
    }

    /** Says what to scan and watch, and starts a scan. */
    record Plan(List<RuleSet> ruleSets, List<Root> roots, List<String> holes, List<String> kept)
            implements HostMessage {
        public Plan {
            ruleSets = List.copyOf(ruleSets);
            roots = List.copyOf(roots);
            holes = List.copyOf(holes);
            kept = List.copyOf(kept);
            holes.forEach(Limits::path);
            kept.forEach(Limits::path);
            for (Root root : roots) {
                root.checkRuleSets(ruleSets.size());
            }
        }
    }

    /** Names kept paths of the plan that follows, where they are too many for one frame. */
    record Keep(List<String> paths) implements HostMessage {
        public Keep {
            paths = List.copyOf(paths);
            paths.forEach(Limits::path);
        }
    }

    /** Makes a path be what {@code target} says if it still is what was expected. */
    record Apply(long id, Node expected, Entry target, Content content) implements HostMessage {
        public Apply {
            if (!expected.portable() || !target.node().portable()) {
                throw new IllegalArgumentException(
                        "neither is special or unreadable, but was: " + expected + " and " + target);
            }
            Limits.content(target, content);
        }
    }

    /** A part of the content of an {@link Apply}. */
    record Slice(long id, SliceEnd end, Bytes data) implements HostMessage {
        public Slice {
            Limits.atMost("a slice", data.length(), Content.MAX_INLINE);
        }
    }

    /** Goes on with stretches of an older content that the agent has. */
    record Copy(long id, List<Range> ranges) implements HostMessage {
        public Copy {
            ranges = List.copyOf(ranges);
            Limits.ranges(ranges);
        }
    }

    /**
     * Asks for the content of a file, if it still has this digest.
     *
     * @param base what devshell has there and the answer may copy from; absent for nothing
     */
    record Fetch(long id, String path, Digest digest, Node base) implements HostMessage {
        public Fetch {
            Limits.path(path);
            if (!(base instanceof Node.File || base instanceof Node.Absent)) {
                throw new IllegalArgumentException("a file is made from a file or nothing, but was: " + base);
            }
        }
    }

    /**
     * Says how it stands with a content of an {@link Apply} that is put into the agent's staging directory beside the stream:
     * on its way, there, or not to be had, in which case slices follow.
     */
    record Upload(long id, SliceEnd end, String name) implements HostMessage {
        public Upload {
            Limits.upload(name);
        }
    }

    /** Asks for what an operation displaced once more, whole: what it was to be copied from is not there any more. */
    record Resend(long id) implements HostMessage {}

    /** Says that what these operations displaced is safe in the history. */
    record Stored(List<Long> ids) implements HostMessage {
        public Stored {
            ids = List.copyOf(ids);
        }
    }

    /** Asks for {@link AgentMessage.CookieSeen} once everything that happened before is reported. */
    record Cookie(long id) implements HostMessage {}

    /** Says that this end is alive. */
    record Heartbeat() implements HostMessage {}

    /** Ends the session. */
    record Bye() implements HostMessage {}

    /** Whose rules for ignoring apply. */
    enum Dialect {
        DOCKER,
        GIT
    }

    /** What a root is. */
    enum RootKind {
        FILE,
        DIRECTORY
    }

    /** Rules that are matched together, in order. */
    record RuleSet(Dialect dialect, List<Rule> rules) {
        public RuleSet {
            rules = List.copyOf(rules);
        }
    }

    /** One rule, its glob in the canonical form that {@code docs/mappings.md} defines. */
    record Rule(String glob, boolean negated, boolean directoryOnly) {}

    /**
     * A path of the container that is synced, with all that is below it.
     *
     * @param prefix where it lies in the tree that the rules speak of, "" for its root
     * @param ignore the rule sets whose paths do not exist for the sync
     * @param quiet the rule sets whose paths are not reported unless they are kept
     * @param owner of what is created, as in COPY's {@code --chown}; "" for the parent's
     * @param mode of what is created, -1 for the host's
     */
    record Root(
            String path,
            RootKind kind,
            String prefix,
            List<Integer> ignore,
            List<Integer> quiet,
            String owner,
            int mode) {
        public Root {
            Limits.path(path);
            Limits.relativePath(prefix);
            if (mode != -1) {
                Limits.atMost("a mode", mode, Limits.MODE);
            }
            ignore = List.copyOf(ignore);
            quiet = List.copyOf(quiet);
        }

        private void checkRuleSets(int count) {
            for (List<Integer> indexes : List.of(ignore, quiet)) {
                for (int index : indexes) {
                    if (index < 0 || index >= count) {
                        throw new IllegalArgumentException(
                                "there are " + count + " rule sets, but " + path + " has: " + index);
                    }
                }
            }
        }
    }
}
