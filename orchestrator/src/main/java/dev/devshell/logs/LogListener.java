package dev.devshell.logs;

import dev.devshell.DevshellException;
import dev.devshell.LogEntry;
import java.util.List;

/** Takes what containers wrote. */
@FunctionalInterface
public interface LogListener {
    /** Takes some lines, in order; never called by two threads at once. */
    void lines(List<LogEntry> lines);

    /** Is told that what a container wrote cannot be read, such as where its log driver keeps nothing here; the others go on. */
    default void unreadable(String source, DevshellException why) {}
}
