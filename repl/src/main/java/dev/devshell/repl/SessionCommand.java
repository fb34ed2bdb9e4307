package dev.devshell.repl;

import dev.devshell.DevshellException;
import dev.devshell.engine.Engine;
import dev.devshell.session.ProjectSession;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The background process of {@code up -d}: holds the session until somebody ends it. */
@Command(name = SessionCommand.NAME, hidden = true, description = "Hold a project's session (devshell's own use).")
final class SessionCommand extends Rooted {
    static final String NAME = "__session";
    /** Whoever started this process asks it to boot at once, or died before. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Override
    public Integer call() {
        PrintStream log = new PrintStream(
                new RotatingLog(workspace().stateDirectory().resolve("session.log")), true, StandardCharsets.UTF_8);
        System.setOut(log);
        System.setErr(log);
        Logging.set(root().debug());
        Engine engine = Engine.connect(root().launch().env());
        Optional<ProjectSession> begun = ProjectSession.begin(
                workspace().compose(),
                engine,
                workspace().config(),
                root().launch().env(),
                true);
        if (begun.isEmpty()) {
            engine.close();
            return CommandLine.ExitCode.OK;
        }
        ProjectSession session = begun.get();
        Shutdown shutdown = Shutdown.before(session::close);
        try {
            if (session.awaitAsked(PATIENCE)) {
                session.awaitEnd();
            }
            return CommandLine.ExitCode.OK;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevshellException.Interrupted("interrupted");
        } finally {
            shutdown.settle();
        }
    }
}
