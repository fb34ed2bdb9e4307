package dev.devshell.repl.screen;

import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.Status;

/** The lines below the prompt; redrawn when they change, and gone while somebody else has the terminal. */
final class Below {
    private final Status status;
    private List<AttributedString> lines = List.of();
    private boolean suspended;
    private boolean closed;

    Below(Status status) {
        this.status = status;
    }

    synchronized void show(List<AttributedString> next) {
        if (closed || next.equals(lines)) {
            return;
        }
        lines = List.copyOf(next);
        if (!suspended) {
            status.update(lines);
        }
    }

    synchronized void suspend() {
        suspended = true;
        status.update(List.of());
        status.suspend();
    }

    synchronized void restore() {
        suspended = false;
        // Whoever had the terminal may have seen it change its size.
        status.resize();
        status.restore();
        status.update(lines);
    }

    synchronized void close() {
        closed = true;
        status.update(List.of());
        status.close();
    }
}
