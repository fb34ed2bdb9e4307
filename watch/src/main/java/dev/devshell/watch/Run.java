package dev.devshell.watch;

/** Something that takes a while, and can be made to end before it is done. */
public interface Run {
    /** Does it, and returns its exit code. */
    int run();

    /** Makes what {@link #run} does in another thread end; called again while it does not. */
    void cancel();
}
