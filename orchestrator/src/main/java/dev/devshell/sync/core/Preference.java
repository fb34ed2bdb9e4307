package dev.devshell.sync.core;

/** Who prevails where both sides changed a path differently; the policy of the project, worked out for one path. */
public enum Preference {
    HOST,
    /** The host, also where it deleted what the replica changed: a branch switch means what it does. */
    HOST_ALWAYS,
    REPLICA,
    /** Neither: the path stays as it is on both sides until somebody decides. */
    ASK
}
