package dev.devshell.sync.core;

/** One of the two ends that a path is kept equal on. */
public enum Side {
    HOST,
    REPLICA;

    /** Returns the end across from this one. */
    public Side other() {
        return this == HOST ? REPLICA : HOST;
    }
}
