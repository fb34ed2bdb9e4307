package dev.devshell.page;

import java.util.function.Consumer;

/** Where the logs of a project come from. */
@FunctionalInterface
public interface LogSource {
    /** Tells what was written lately and what comes, from this thread, until it is interrupted. */
    void follow(Consumer<Line> consumer);

    /**
     * A line.
     *
     * @param source the replica, like {@code web-1}
     * @param time as the engine wrote it down; may be empty
     */
    record Line(String source, String time, String text) {}
}
