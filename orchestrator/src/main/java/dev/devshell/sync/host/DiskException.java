package dev.devshell.sync.host;

import java.io.IOException;

/** A file operation failed; {@link #kind} says what that means, whichever platform it happened on. */
final class DiskException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    DiskException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    boolean is(Kind other) {
        return kind == other;
    }

    enum Kind {
        ABSENT,
        EXISTS,
        NOT_EMPTY,
        LINK,
        NOT_DIRECTORY,
        DENIED,
        READ_ONLY,
        NO_SPACE,
        NAME,
        UNSUPPORTED,
        CROSS_DEVICE,
        LIMIT,
        IO
    }
}
