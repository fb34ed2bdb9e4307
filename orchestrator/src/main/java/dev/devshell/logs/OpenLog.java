package dev.devshell.logs;

import dev.devshell.DevshellException;
import dev.devshell.LogEntry;
import dev.devshell.engine.LogReader;
import dev.devshell.engine.LoggedLine;
import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/** What one container wrote so far; lines that were seen before are passed over. */
final class OpenLog implements Iterator<LogEntry> {
    private final LogSource source;
    private final LogReader reader;
    private final LogPosition position;
    private final LogListener listener;
    private Optional<LogEntry> next = Optional.empty();
    private boolean ended;

    OpenLog(LogSource source, LogReader reader, LogPosition position, LogListener listener) {
        this.source = source;
        this.reader = reader;
        this.position = position;
        this.listener = listener;
    }

    LogSource source() {
        return source;
    }

    @Override
    public boolean hasNext() {
        while (next.isEmpty() && !ended) {
            Optional<LoggedLine> line = read();
            ended = line.isEmpty();
            next = line.filter(position::isNew).map(source::entry);
        }
        return next.isPresent();
    }

    private Optional<LoggedLine> read() {
        try {
            return reader.next();
        } catch (IOException e) {
            listener.unreadable(
                    source.name(),
                    new DevshellException.Failed(
                            "LOG-BROKEN",
                            "the log of " + source.name() + " is not complete",
                            String.valueOf(e.getMessage()),
                            "ask again",
                            e));
            return Optional.empty();
        }
    }

    @Override
    public LogEntry next() {
        LogEntry line = next.orElseThrow(NoSuchElementException::new);
        next = Optional.empty();
        return line;
    }

    void close() {
        reader.close();
    }
}
