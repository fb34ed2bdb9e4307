package dev.devshell.sync.wire;

/** A stretch of an older content that a newer one has too. */
public record Range(long offset, long length) {
    /** The most ranges in one message. */
    static final int MOST = 4_096;

    public Range {
        if (offset < 0 || length < 1 || offset + length < 0) {
            throw new IllegalArgumentException(
                    "a range has an offset and at least one byte, but was: " + offset + ", " + length);
        }
    }
}
