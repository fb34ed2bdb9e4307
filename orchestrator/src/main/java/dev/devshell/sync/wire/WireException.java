package dev.devshell.sync.wire;

/**
 * Says that what the other end sent does not follow the protocol. The stream cannot be read any further.
 */
public final class WireException extends Exception {
    private static final long serialVersionUID = 1L;

    public WireException(String message) {
        super(message);
    }

    WireException(String message, Throwable cause) {
        super(message, cause);
    }
}
