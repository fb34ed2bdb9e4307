package dev.devshell.repl.screen;

import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.Status;

/** The lines below the prompt; redrawn when they change, and gone while somebody else has the terminal. */
final class Below {
    private final OrderlyReader reader;
    private final Status status;
    private List<AttributedString> lines = List.of();
    private boolean suspended;
    private boolean closed;

    /**
     * @param reader whose lock also guards what is here
     */
    Below(OrderlyReader reader, Status status) {
        this.reader = reader;
        this.status = status;
    }

    void show(List<AttributedString> next) {
        reader.alone(() -> {
            if (closed || next.equals(lines)) {
                return;
            }
            lines = List.copyOf(next);
            if (!suspended) {
                status.update(lines);
            }
        });
    }

    void suspend() {
        reader.alone(() -> {
            suspended = true;
            status.update(List.of());
            status.suspend();
        });
    }

    void restore() {
        reader.alone(() -> {
            if (closed) {
                return;
            }
            suspended = false;
            // Whoever had the terminal may have seen it change its size.
            status.resize();
            status.restore();
            status.update(lines);
        });
    }

    void close() {
        reader.last(() -> {
            closed = true;
            status.update(List.of());
            status.close();
        });
    }
}
