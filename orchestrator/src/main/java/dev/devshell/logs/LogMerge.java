package dev.devshell.logs;

import dev.devshell.LogEntry;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/** Several series of lines, each in the order of time, as one; holds no more than one line of each. */
final class LogMerge implements Iterator<LogEntry> {
    private final PriorityQueue<Head> heads = new PriorityQueue<>(
            Comparator.comparing(Head::line, LogEntry.BY_TIME).thenComparingInt(Head::series));
    private final List<Iterator<LogEntry>> all;

    LogMerge(List<Iterator<LogEntry>> all) {
        this.all = List.copyOf(all);
        for (int i = 0; i < all.size(); i++) {
            advance(i);
        }
    }

    private void advance(int series) {
        if (all.get(series).hasNext()) {
            heads.add(new Head(series, all.get(series).next()));
        }
    }

    @Override
    public boolean hasNext() {
        return !heads.isEmpty();
    }

    @Override
    public LogEntry next() {
        Head head = heads.poll();
        if (head == null) {
            throw new NoSuchElementException();
        }
        advance(head.series());
        return head.line();
    }

    private record Head(int series, LogEntry line) {}
}
