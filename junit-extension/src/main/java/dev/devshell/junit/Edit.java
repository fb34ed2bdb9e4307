package dev.devshell.junit;

import java.nio.file.Path;

/**
 * An edit of a file on the host, put back at the end of the test that made it.
 *
 * <p>Put back is only what still stands there as it was written: what somebody else has changed since is theirs.
 */
public interface Edit {
    /** Returns the file on the host. */
    Path path();

    /** Leaves the edit in place after the test. */
    Edit keep();

    /** Puts the file back now. */
    void putBack();
}
