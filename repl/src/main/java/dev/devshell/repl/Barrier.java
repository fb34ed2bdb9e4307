package dev.devshell.repl;

import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * Puts the sync's barrier before and after a command in a container: it sees what was saved before it, and what it wrote is on
 * the host when it returns.
 */
final class Barrier {
    private static final Duration BEFORE = Duration.ofSeconds(10);
    private static final Duration AFTER = Duration.ofSeconds(60);

    private final Workspace workspace;
    private final Failures failures;
    private final Lending terminal;

    Barrier(Devshell root) {
        this.workspace = root.workspace();
        this.failures = root.failures();
        this.terminal = root.terminal();
    }

    /** Runs a command that has the terminal; returns the command's exit code, or that of the sync's failure where the command itself went well. */
    int around(IntSupplier command) {
        Optional<DevSession> session = workspace.session();
        session.ifPresent(live -> flush(live, BEFORE));
        int code = terminal.lend(command);
        int behind = session.isPresent() ? flush(session.get(), AFTER) : 0;
        return code == 0 ? behind : code;
    }

    private int flush(DevSession session, Duration timeout) {
        try {
            session.sync().flush(timeout);
            return 0;
        } catch (DevshellException.Failed e) {
            return failures.tell(e);
        }
    }
}
