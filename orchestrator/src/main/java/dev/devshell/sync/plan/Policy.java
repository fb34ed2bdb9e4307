package dev.devshell.sync.plan;

/** Who prevails where both sides changed a path differently. */
public enum Policy {
    HOST,
    CONTAINER,
    /** The later modification time. */
    NEWEST,
    /** Nobody, until {@code sync resolve} says. */
    MANUAL
}
