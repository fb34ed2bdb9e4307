package dev.devshell.repl.screen;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.ShutdownHooks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The terminal of this process while it is being opened: it is asked what it can, which takes as long as reading a project does. */
public final class Opening implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    private final CompletableFuture<Terminal> terminal = new CompletableFuture<>();
    private boolean taken;

    private Opening() {}

    /** Begins to open it, from a thread of its own. */
    public static Opening begin() {
        // JLine's own hook would close the terminal under the lines that still have to go; the screen closes it in
        // time.
        System.setProperty(ShutdownHooks.PROP_DISABLE_SHUTDOWN_HOOK, "true");
        Opening opening = new Opening();
        Thread thread = new Thread(opening::open, "devshell-terminal");
        thread.setDaemon(true);
        thread.start();
        return opening;
    }

    private void open() {
        try {
            terminal.complete(TerminalBuilder.builder().system(true).build());
        } catch (IOException | RuntimeException e) {
            terminal.completeExceptionally(e);
        }
    }

    /** Waits for it; whoever takes it closes it. */
    Terminal take() throws IOException {
        taken = true;
        try {
            return terminal.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        }
    }

    /** Gives it back as it was, where nobody took it. */
    @Override
    public void close() {
        if (taken) {
            return;
        }
        try {
            terminal.join().close();
        } catch (IOException | CompletionException e) {
            LOG.debug("the terminal was not given back: {}", e.getMessage());
        }
    }
}
