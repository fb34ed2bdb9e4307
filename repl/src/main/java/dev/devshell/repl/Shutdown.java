package dev.devshell.repl;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What must be done before this process ends, by whichever way it ends: at the end of a command, on Ctrl-C, on SIGTERM, when
 * the terminal is closed. Done once.
 */
final class Shutdown {
    private final Runnable cleanup;
    private final AtomicBoolean done = new AtomicBoolean();
    private final Thread hook;

    private Shutdown(Runnable cleanup) {
        this.cleanup = cleanup;
        this.hook = new Thread(this::once, "devshell-shutdown");
    }

    static Shutdown before(Runnable cleanup) {
        Shutdown shutdown = new Shutdown(cleanup);
        Runtime.getRuntime().addShutdownHook(shutdown.hook);
        return shutdown;
    }

    private void once() {
        if (done.compareAndSet(false, true)) {
            cleanup.run();
        }
    }

    /** Returns whether it is being done, or was. */
    boolean hasBegun() {
        return done.get();
    }

    /** Does it now. */
    void settle() {
        once();
        forget();
    }

    /** It need not be done any more. */
    void cancel() {
        done.set(true);
        forget();
    }

    private void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already, and the hook with it.
            done.set(true);
        }
    }
}
