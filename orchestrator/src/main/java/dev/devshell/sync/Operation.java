package dev.devshell.sync;

import dev.devshell.sync.core.Node;
import dev.devshell.sync.core.Side;
import dev.devshell.sync.plan.HostPath;

/**
 * A write that was sent out and is not answered yet.
 *
 * @param expected what must stand there for it to happen
 * @param agrees whether both sides are equal once it has happened; not so where it only clears the way
 * @param conflict whether it replaces a change that lost
 * @param weight how much of the window it takes, in bytes
 * @param since when the change it answers was seen, as {@link System#nanoTime}
 * @param asked when it was asked for, likewise
 */
record Operation(
        long id,
        String path,
        HostPath host,
        Side side,
        Node expected,
        Node target,
        boolean agrees,
        boolean conflict,
        int weight,
        long since,
        long asked) {
    /** Returns whether paths below this one have to wait for it. */
    boolean changesKind() {
        return !(expected instanceof Node.Absent)
                && (expected instanceof Node.Directory != target instanceof Node.Directory);
    }
}
