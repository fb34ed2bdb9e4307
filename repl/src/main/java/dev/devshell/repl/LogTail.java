package dev.devshell.repl;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The last lines of each service. */
final class LogTail {
    private final int most;
    private final Map<String, Deque<LogLine>> byService = new TreeMap<>();

    LogTail(int most) {
        this.most = most;
    }

    void add(List<LogLine> lines) {
        for (LogLine line : lines) {
            Deque<LogLine> last = byService.computeIfAbsent(line.entry().service(), name -> new ArrayDeque<>());
            last.addLast(line);
            if (last.size() > most) {
                last.removeFirst();
            }
        }
    }

    /** Returns them in the order of time. */
    List<LogLine> lines() {
        return byService.values().stream()
                .flatMap(Deque::stream)
                .sorted(Comparator.comparing(line -> line.entry().time()))
                .toList();
    }
}
