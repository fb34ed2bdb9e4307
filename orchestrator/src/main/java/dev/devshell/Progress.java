package dev.devshell;

/** Takes what a long operation tells of itself, as lines for a person; called from any thread. */
@FunctionalInterface
public interface Progress {
    /** Takes one line, without its end. */
    void tell(String line);
}
