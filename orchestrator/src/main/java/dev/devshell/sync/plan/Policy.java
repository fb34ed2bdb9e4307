package dev.devshell.sync.plan;

/** Who prevails where both sides changed a path differently. */
public enum Policy {
    HOST,
    CONTAINER,
    /** The later modification time, as far as the clocks of both sides let it be told; else the host. */
    NEWEST,
    /** Nobody, until {@code sync resolve} says. */
    MANUAL
}
