package dev.devshell.repl;

import dev.devshell.LogEntry;
import dev.devshell.logs.LogLevel;
import java.util.Optional;

/**
 * A line that a container wrote, as it is shown.
 *
 * @param level where the line's format says it
 */
record LogLine(LogEntry entry, Optional<LogLevel> level) {}
