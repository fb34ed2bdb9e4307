package dev.devshell.session;

import dev.devshell.DevshellException;
import dev.devshell.LogEntry;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** A {@link LogEntry} on its way to another process. */
record KeptLine(String service, int number, String container, String time, String text) {
    static KeptLine of(LogEntry line) {
        return new KeptLine(
                line.service(), line.number(), line.containerId(), line.time().toString(), line.text());
    }

    LogEntry entry() {
        try {
            return new LogEntry(service, number, container, Instant.parse(time), text);
        } catch (DateTimeParseException e) {
            throw new DevshellException.Failed(
                    "OTHER-VERSION",
                    "cannot read what the session said",
                    String.valueOf(e.getMessage()),
                    "end it with the devshell that started it, then start it again",
                    e);
        }
    }
}
