package dev.devshell.repl;

import dev.devshell.DevshellException;
import java.io.IOException;
import java.util.function.Consumer;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.NonBlockingReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Single keys of the terminal, for as long as this is open; Ctrl-C is still a signal. */
final class Keys implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Keys.class);
    private static final int LOOK_MILLIS = 200;

    private static final long TO_END_MILLIS = 1000;

    private final @Nullable Terminal terminal;
    private final boolean own;
    private final Consumer<Character> listener;
    private final @Nullable Attributes before;
    private volatile boolean open = true;
    private @Nullable Thread thread;

    private Keys(@Nullable Terminal terminal, boolean own, Consumer<Character> listener) {
        this.terminal = terminal;
        this.own = own;
        this.listener = listener;
        this.before = terminal == null ? null : terminal.getAttributes();
    }

    /** Listens on the terminal that a shell reads lines from, or else on that of this process. */
    static Keys of(Lending lending, Consumer<Character> listener) {
        return lending.opened()
                .map(terminal -> new Keys(terminal, false, listener))
                .orElseGet(() -> of(listener));
    }

    private static Keys of(Consumer<Character> listener) {
        try {
            return new Keys(
                    TerminalBuilder.builder()
                            .system(true)
                            .signalHandler(Terminal.SignalHandler.SIG_DFL)
                            .nativeSignals(false)
                            .build(),
                    true,
                    listener);
        } catch (IOException e) {
            throw new DevshellException.Failed(
                    "NO-TERMINAL", "the terminal cannot be used", String.valueOf(e.getMessage()), "TERM is right?", e);
        }
    }

    static Keys none() {
        return new Keys(null, false, key -> {});
    }

    void begin() {
        if (terminal == null || before == null) {
            return;
        }
        Attributes single = new Attributes(before);
        single.setLocalFlag(Attributes.LocalFlag.ICANON, false);
        single.setLocalFlag(Attributes.LocalFlag.ECHO, false);
        single.setControlChar(Attributes.ControlChar.VMIN, 1);
        single.setControlChar(Attributes.ControlChar.VTIME, 0);
        terminal.setAttributes(single);
        Thread reading = new Thread(() -> read(terminal.reader()), "devshell-keys");
        reading.setDaemon(true);
        reading.start();
        thread = reading;
    }

    private void read(NonBlockingReader reader) {
        try {
            while (open) {
                int key = reader.read(LOOK_MILLIS);
                if (key >= 0) {
                    listener.accept((char) key);
                } else if (key == NonBlockingReader.EOF) {
                    return;
                }
            }
        } catch (IOException e) {
            LOG.debug("no more keys: {}", e.toString());
        }
    }

    @Override
    public void close() {
        open = false;
        if (terminal == null || before == null) {
            return;
        }
        awaitEnd();
        terminal.setAttributes(before);
        if (!own) {
            return;
        }
        try {
            terminal.close();
        } catch (IOException e) {
            LOG.debug("leaving the terminal: {}", e.toString());
        }
    }

    /** A read that goes on would take the first key of whoever has the terminal next. */
    private void awaitEnd() {
        Thread reading = thread;
        if (reading == null || reading == Thread.currentThread()) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            reading.join(TO_END_MILLIS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
