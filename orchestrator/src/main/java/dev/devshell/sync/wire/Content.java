package dev.devshell.sync.wire;

/** How the content of a file travels with a message about it. */
public sealed interface Content {
    /** The most bytes that travel inline or in one slice. */
    int MAX_INLINE = 65_536;

    /** It does not. */
    record None() implements Content {
        private static final None INSTANCE = new None();
    }

    /** Inside the message. */
    record Inline(Bytes data) implements Content {
        public Inline {
            Limits.atMost("inline content", data.length(), MAX_INLINE);
        }
    }

    /** In slices that follow under the message's id. */
    record Sliced() implements Content {
        private static final Sliced INSTANCE = new Sliced();
    }

    static Content none() {
        return None.INSTANCE;
    }

    static Content sliced() {
        return Sliced.INSTANCE;
    }
}
