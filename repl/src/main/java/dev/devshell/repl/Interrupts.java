package dev.devshell.repl;

import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/** Has Ctrl-C interrupt a thread instead of ending the process at once, for as long as this is open. */
final class Interrupts implements AutoCloseable {
    private static final String SIGNAL = "INT";

    private final boolean registered;
    private final @Nullable Object before;

    private Interrupts(boolean registered, @Nullable Object before) {
        this.registered = registered;
        this.before = before;
    }

    static Interrupts toThisThread() {
        Thread self = Thread.currentThread();
        return new Interrupts(true, Signals.register(SIGNAL, self::interrupt));
    }

    /** Somebody else sees to it. */
    static Interrupts none() {
        return new Interrupts(false, null);
    }

    @Override
    public void close() {
        if (registered) {
            if (before == null) {
                Signals.registerDefault(SIGNAL);
            } else {
                Signals.unregister(SIGNAL, before);
            }
        }
    }
}
