package dev.devshell.sync.core;

/** Who prevails where both sides changed a path differently; the policy of the project, worked out for one path. */
public enum Preference {
    HOST,
    REPLICA,
    /** Neither: the path stays as it is on both sides until somebody decides. */
    ASK
}
