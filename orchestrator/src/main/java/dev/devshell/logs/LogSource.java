package dev.devshell.logs;

import dev.devshell.LogEntry;
import dev.devshell.engine.Container;
import dev.devshell.engine.LoggedLine;

/** Who wrote a line. */
record LogSource(String service, int number, String containerId) {
    LogSource(Container container) {
        this(container.service(), container.number(), container.id());
    }

    String name() {
        return service + "-" + number;
    }

    LogEntry entry(LoggedLine line) {
        return new LogEntry(service, number, containerId, line.time(), line.text());
    }
}
