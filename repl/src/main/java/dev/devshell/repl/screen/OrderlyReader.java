package dev.devshell.repl.screen;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;

/**
 * JLine's reader, whose lock others can take: control sequences that cross each other leave a screen in pieces, and JLine's status takes no lock of
 * its own.
 */
final class OrderlyReader extends LineReaderImpl {
    private static final long PATIENCE_SECONDS = 2;

    OrderlyReader(Terminal terminal, String application, Map<String, Object> variables) {
        super(terminal, application, variables);
    }

    /** Draws while the reader does not. */
    void alone(Runnable drawing) {
        lock.lock();
        try {
            drawing.run();
        } finally {
            lock.unlock();
        }
    }

    /** Draws for the last time; not at all where a terminal that takes nothing any more holds up the one before. */
    void last(Runnable drawing) {
        try {
            if (!lock.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            drawing.run();
        } finally {
            lock.unlock();
        }
    }
}
