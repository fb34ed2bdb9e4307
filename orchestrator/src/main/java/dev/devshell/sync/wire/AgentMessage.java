package dev.devshell.sync.wire;

import dev.devshell.sync.core.Node;
import java.util.List;

/** A message from the agent; {@code docs/protocol.md} says what each one means. */
public sealed interface AgentMessage {
    /**
     * Answers {@link HostMessage.Hello}.
     *
     * @param build the SHA-256 of the running agent, in hexadecimal digits
     * @param clockNanos the container's clock, in nanoseconds since 1970
     */
    record Welcome(String build, int pid, String architecture, long clockNanos) implements AgentMessage {}

    /** Says that the agent cannot serve, in place of {@link Welcome}. */
    record Refused(String code, String message) implements AgentMessage {}

    /** Opens a scan. */
    record ScanBegin(ScanReason why) implements AgentMessage {}

    /** A part of a scan, parents before children. */
    record Scanned(List<Entry> entries) implements AgentMessage {
        public Scanned {
            entries = List.copyOf(entries);
            for (Entry entry : entries) {
                if (entry.node() instanceof Node.Absent) {
                    throw new IllegalArgumentException("a scan does not name what is absent, but was: " + entry.path());
                }
            }
        }
    }

    /** Closes a scan: what it did not name is absent. */
    record ScanDone() implements AgentMessage {}

    /** Says what paths are now. */
    record Changed(List<Change> changes) implements AgentMessage {
        public Changed {
            changes = List.copyOf(changes);
        }
    }

    /**
     * Answers one {@link HostMessage.Apply}.
     *
     * @param current what the path is now
     * @param displaced what was replaced or deleted, absent if nothing that matters
     * @param content of what was displaced
     */
    record Ack(long id, AckStatus status, Entry current, Entry displaced, Content content, String message)
            implements AgentMessage {
        public Ack {
            Limits.content(displaced, content);
        }
    }

    /** A part of the content of a file that was fetched or displaced. */
    record Slice(long id, SliceEnd end, Bytes data) implements AgentMessage {
        public Slice {
            Limits.atMost("a slice", data.length(), Content.MAX_INLINE);
        }
    }

    /** Goes on with stretches of an older content that devshell has. */
    record Copy(long id, List<Range> ranges) implements AgentMessage {
        public Copy {
            ranges = List.copyOf(ranges);
            Limits.ranges(ranges);
        }
    }

    /** Says that everything from before the {@link HostMessage.Cookie} is reported. */
    record CookieSeen(long id) implements AgentMessage {}

    /** Says that a path, or the whole replica ("/"), needs a person. */
    record Problem(String path, ProblemCode code, String message) implements AgentMessage {
        public Problem {
            Limits.path(path);
        }
    }

    /** A version that was set aside and never acknowledged; the answer is {@link HostMessage.Stored}. */
    record Displaced(long id, Entry entry, Content content) implements AgentMessage {
        public Displaced {
            if (id >= 0) {
                throw new IllegalArgumentException("the id of what was set aside has its top bit set, but was: " + id);
            }
            Limits.content(entry, content);
        }
    }

    /** Says that the agent is alive. */
    record Heartbeat() implements AgentMessage {}

    /** Ends the session. */
    record Bye() implements AgentMessage {}

    /** What a path is now, with its content where that is small. */
    record Change(Entry entry, Content content) {
        public Change {
            if (content instanceof Content.Sliced) {
                throw new IllegalArgumentException(
                        "a change's content is inline or fetched, but was sliced: " + entry.path());
            }
            Limits.content(entry, content);
        }
    }

    /** Why the agent scans. */
    enum ScanReason {
        PLAN,
        OVERFLOW,
        ROOT_CAME_BACK
    }

    /** What became of an operation. */
    enum AckStatus {
        APPLIED,
        MISMATCH,
        NOT_EMPTY,
        NO_SPACE,
        READ_ONLY,
        DENIED,
        LINK_IN_PATH,
        NAME_TOO_LONG,
        OUTSIDE,
        IO_ERROR,
        BAD_CONTENT
    }

    /** What is wrong with a path. The order is the protocol's, which starts at 1. */
    enum ProblemCode {
        UNREADABLE,
        NOT_UTF8,
        SPECIAL,
        WATCH_LIMIT,
        OVERFLOW,
        NAME_TOO_LONG,
        LINK_IN_ROOT
    }
}
