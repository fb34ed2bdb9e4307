package dev.devshell.repl;

import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import dev.devshell.UpOptions;
import java.util.concurrent.TimeUnit;

/** The boot of a project behind the prompt: what goes wrong is told there, and an edit and another {@code up} may heal it. */
final class Boot {
    private static final long TO_CANCEL_MILLIS = TimeUnit.SECONDS.toMillis(10);

    private final DevSession session;
    private final Console console;
    private final BootBoard board;
    private final boolean debug;
    private final Thread thread;

    private Boot(DevSession session, BootBoard board, Console console, boolean debug) {
        this.session = session;
        this.board = board;
        this.console = console;
        this.debug = debug;
        this.thread = new Thread(this::run, "devshell-boot");
    }

    /**
     * @param board where its progress is seen
     * @param console where its end is told; used from another thread
     */
    static Boot start(DevSession session, BootBoard board, Console console, boolean debug) {
        Boot boot = new Boot(session, board, console, debug);
        boot.thread.setDaemon(true);
        boot.thread.start();
        return boot;
    }

    private void run() {
        try {
            session.up(UpOptions.all(), debug ? this::tellEverything : board);
            board.finish(console::say);
            console.say(session.project() + " is up and in sync");
        } catch (DevshellException e) {
            board.clear();
            new Failures(console, false, debug).tell(e);
        }
    }

    private void tellEverything(String line) {
        board.tell(line);
        console.say(line);
    }

    boolean goesOn() {
        return thread.isAlive();
    }

    /** Ends it where it goes on, and waits a while until it has ended. */
    void cancel() {
        thread.interrupt();
        try {
            thread.join(TO_CANCEL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
