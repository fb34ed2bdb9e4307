package dev.devshell.ignore;

/** How a list of rules is combined into a verdict. */
public enum Dialect {
    /** The last rule that matches the path or any directory above it decides; a negated rule reaches into an ignored directory. */
    DOCKER,

    /** Top down, the last rule that matches decides at each directory; nothing below an ignored directory comes back. */
    GIT
}
