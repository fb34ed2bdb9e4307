package dev.devshell.sync.history;

import java.io.IOException;

/** A version could not be kept, and so must not be replaced. Nothing of it is in the history. */
public final class HistoryException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean noSpace;

    HistoryException(String message, IOException cause) {
        super(message + ": " + cause.getMessage(), cause);
        // Java has no exception of its own for this, only the words of the C library
        String reason = String.valueOf(cause.getMessage());
        noSpace = reason.contains("No space left") || reason.contains("quota exceeded");
    }

    /** Returns whether the disk is full. */
    public boolean noSpace() {
        return noSpace;
    }
}
