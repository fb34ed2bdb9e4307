package dev.devshell.sync.core;

import java.util.Objects;

/** What is to be done with one path. */
public sealed interface Decision {
    /** Nothing: both sides rest. */
    record Rest() implements Decision {
        static final Rest INSTANCE = new Rest();
    }

    /** Both sides have become equal, or come to rest parted: remember it. */
    record Remember(Ancestor ancestor) implements Decision {
        public Remember {
            Objects.requireNonNull(ancestor, "ancestor");
        }
    }

    /**
     * Make the path on {@code side} be {@code target}.
     *
     * @param conflict whether what is replaced there is a change that lost, rather than the version that was agreed on
     */
    record Write(Side side, Node target, boolean conflict) implements Decision {
        public Write {
            Objects.requireNonNull(side, "side");
            if (!target.portable()) {
                throw new IllegalArgumentException("only what can be carried is written, but was: " + target);
            }
        }

        public boolean deletes() {
            return target instanceof Node.Absent;
        }
    }

    /** One side changed the content, the other the executable bit: make the path be {@code target} on both. */
    record Merge(Node.File target) implements Decision {}

    /** A conflict that waits for a person. */
    record Ask() implements Decision {
        static final Ask INSTANCE = new Ask();
    }

    /** Something that cannot be read or carried stands there, or above it: leave both sides alone. */
    record Blocked(Side side) implements Decision {}
}
