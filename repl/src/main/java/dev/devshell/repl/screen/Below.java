package dev.devshell.repl.screen;

import java.util.List;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.InfoCmp.Capability;
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
            int before = lines.size();
            lines = List.copyOf(next);
            if (!suspended) {
                status.update(lines);
                clear(before - lines.size());
            }
        });
    }

    /** Clears the rows above, where lines stood: JLine does so only if nothing was redrawn in between. */
    private void clear(int rows) {
        if (rows <= 0) {
            return;
        }
        Terminal terminal = reader.getTerminal();
        int first = terminal.getRows() - lines.size() - rows;
        terminal.puts(Capability.save_cursor);
        for (int row = Math.max(first, 0); row < first + rows; row++) {
            terminal.puts(Capability.cursor_address, row, 0);
            terminal.puts(Capability.clr_eol);
        }
        terminal.puts(Capability.restore_cursor);
        terminal.flush();
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
