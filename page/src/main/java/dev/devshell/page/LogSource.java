package dev.devshell.page;

import dev.devshell.LogEntry;
import java.util.function.Consumer;

/** Where the logs of a project come from. */
@FunctionalInterface
public interface LogSource {
    /** Tells what was written lately and what comes, from this thread, until it is interrupted. */
    void follow(Consumer<LogEntry> consumer);
}
