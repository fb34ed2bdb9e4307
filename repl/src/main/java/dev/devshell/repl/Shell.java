package dev.devshell.repl;

import dev.devshell.DevSession;
import dev.devshell.UpOptions;
import dev.devshell.repl.screen.Opening;
import java.util.Optional;
import picocli.CommandLine;

/** A person's, or a script's, session of commands on one project: boots it, or attaches where it runs already. */
final class Shell {
    private final Devshell root;
    private final Workspace workspace;
    private final Console console;
    private final Settings settings;

    private Shell(Devshell root) {
        this.root = root;
        this.workspace = root.workspace();
        this.console = root.console();
        this.settings = Settings.of(root.launch().env());
    }

    static int open(Devshell root) {
        return new Shell(root).run();
    }

    private int run() {
        if (!root.launch().hasTerminal()) {
            return run(false, (session, booted, leaving) -> script(session, booted));
        }
        try (Opening opening = Opening.begin()) {
            return run(true, (session, booted, leaving) -> {
                new Prompt(root, workspace, settings, Optional.of(leaving)).read(session, booted, opening);
                return CommandLine.ExitCode.OK;
            });
        }
    }

    private int run(boolean interactive, Use use) {
        Optional<DevSession> running = workspace.session();
        DevSession session = running.orElseGet(workspace::begin);
        Leaving leaving = new Leaving(root, workspace, settings.onExit(), interactive);
        Shutdown shutdown = Shutdown.before(leaving::leave);
        try {
            return use.of(session, running.isPresent(), leaving);
        } finally {
            shutdown.settle();
        }
    }

    /** What is done with a session; returns an exit code. */
    private interface Use {
        int of(DevSession session, boolean booted, Leaving leaving);
    }

    /** Returns what is said where a project runs already. */
    static String attached(DevSession session) {
        return session.project() + " is running under devshell already: attached to it";
    }

    private int script(DevSession session, boolean booted) {
        if (booted) {
            console.say(attached(session));
        } else {
            session.up(UpOptions.all(), new Narration(console, root.debug()));
            console.say(session.project() + " is up and in sync");
        }
        return lines();
    }

    /** Runs the lines of standard input; the first that fails is the last. */
    private int lines() {
        ShellLine line = new ShellLine(root, workspace, Lending.PLAIN, Optional.empty());
        while (true) {
            Optional<String> next = console.readLine();
            if (next.isEmpty() || line.isEnd(next.get())) {
                return CommandLine.ExitCode.OK;
            }
            int code = line.execute(next.get());
            if (code != CommandLine.ExitCode.OK) {
                return code;
            }
        }
    }
}
