package dev.devshell.page;

import dev.devshell.DevshellException;
import dev.devshell.LogEntry;
import dev.devshell.logs.ControlSequences;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tells what containers write, some lines at a time, and keeps the last of it for who comes later. */
final class LogFeed implements AutoCloseable {
    static final int KEPT_LINES = 5000;
    private static final int KEPT_CHARS = 2 << 20;
    private static final int LONGEST = 4000;
    private static final int EVERY_MILLIS = 100;
    private static final int BATCH = 500;

    private final LogSource source;
    private final Audience audience;
    private final Deque<Map<String, Object>> kept = new ArrayDeque<>();
    private final List<Map<String, Object>> untold = new ArrayList<>();
    private long lines;
    private int chars;
    private long skipped;
    private @Nullable Thread reader;
    private @Nullable Thread teller;

    LogFeed(LogSource source, Audience audience) {
        this.source = source;
        this.audience = audience;
    }

    /** Tells a new listener what there is; nothing is read of the logs before the first one is there. */
    synchronized void greet(Listener listener) {
        listener.tell(Message.state("logs", List.copyOf(kept)));
        if (reader == null) {
            reader = Threads.start("logs", this::read);
            teller = Threads.start("tell-logs", this::tell);
        }
    }

    private void read() {
        try {
            source.follow(this::take);
        } catch (DevshellException e) {
            if (!Thread.currentThread().isInterrupted()) {
                audience.tell(Message.state("logs-trouble", Answer.fault(e)));
            }
        }
    }

    private synchronized void take(LogEntry line) {
        String text = line.text().length() > LONGEST ? line.text().substring(0, LONGEST) + "…" : line.text();
        lines++;
        Map<String, Object> told = PageJson.object(
                "n", lines,
                "source", line.source(),
                "service", line.service(),
                "time", line.time().toString(),
                "text", PlainText.of(ControlSequences.lastState(text)));
        kept.add(told);
        chars += text.length();
        while (kept.size() > KEPT_LINES || chars > KEPT_CHARS) {
            chars -= String.valueOf(kept.remove().get("text")).length();
        }
        if (untold.size() < KEPT_LINES) {
            untold.add(told);
        } else {
            skipped++;
        }
    }

    private void tell() {
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
                tellUntold();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void tellUntold() {
        for (int from = 0; from < untold.size(); from += BATCH) {
            List<Map<String, Object>> batch = List.copyOf(untold.subList(from, Math.min(untold.size(), from + BATCH)));
            audience.tell(Message.event("log", batch, batch.size()));
        }
        untold.clear();
        if (skipped > 0) {
            audience.tell(Message.event("dropped", PageJson.object("lines", skipped)));
            skipped = 0;
        }
    }

    @Override
    public synchronized void close() {
        if (reader != null && teller != null) {
            reader.interrupt();
            teller.interrupt();
        }
    }
}
