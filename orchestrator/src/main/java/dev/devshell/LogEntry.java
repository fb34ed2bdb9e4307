package dev.devshell;

import java.time.Instant;
import java.util.Comparator;

/**
 * A line that a container wrote.
 *
 * @param number of the replica, from 1
 * @param time at which the engine took it, by the engine's clock
 * @param text without its line end; as the container wrote it, which may drive a terminal
 */
public record LogEntry(String service, int number, String containerId, Instant time, String text) {
    /** The order of time; what one container wrote in the same instant keeps its order in a stable sort. */
    public static final Comparator<LogEntry> BY_TIME = Comparator.comparing(LogEntry::time);

    /** Returns the replica that wrote it, like {@code web-1}. */
    public String source() {
        return service + "-" + number;
    }
}
