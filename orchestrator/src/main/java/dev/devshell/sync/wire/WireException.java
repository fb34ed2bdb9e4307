package dev.devshell.sync.wire;

/**
 * Says that what the other end sent does not follow the protocol. The stream cannot be read any further.
 */
public class WireException extends Exception {
    private static final long serialVersionUID = 1L;

    public WireException(String message) {
        super(message);
    }

    WireException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Returns whether the stream only stopped too early, as it does when the other end is killed. */
    public boolean isCutOff() {
        return false;
    }

    /** The stream ended within a frame. */
    static final class CutOff extends WireException {
        private static final long serialVersionUID = 1L;

        CutOff(String message) {
            super(message);
        }

        @Override
        public boolean isCutOff() {
            return true;
        }
    }
}
