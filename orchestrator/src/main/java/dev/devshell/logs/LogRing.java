package dev.devshell.logs;

import dev.devshell.LogEntry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last lines of a service, bounded in number and in size; the oldest go first. */
final class LogRing {
    /** What a line costs besides its text. */
    private static final long OVERHEAD = 100;

    private final int mostLines;
    private final long mostBytes;
    private final Deque<LogEntry> lines = new ArrayDeque<>();
    private long bytes;

    LogRing(int mostLines, long mostBytes) {
        this.mostLines = mostLines;
        this.mostBytes = mostBytes;
    }

    void add(LogEntry line) {
        lines.addLast(line);
        bytes += size(line);
        while (lines.size() > mostLines || (bytes > mostBytes && lines.size() > 1)) {
            bytes -= size(lines.removeFirst());
        }
    }

    List<LogEntry> lines() {
        return List.copyOf(lines);
    }

    private static long size(LogEntry line) {
        return OVERHEAD + line.text().length();
    }
}
