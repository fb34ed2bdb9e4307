package dev.devshell.repl;

import dev.devshell.DevSession;
import dev.devshell.UpOptions;
import dev.devshell.session.ProjectSession;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** A person's, or a script's, session of commands on one project: boots it, or attaches where it runs already. */
final class Shell {
    private final Devshell root;
    private final Workspace workspace;
    private final Console console;
    private boolean keep;

    private Shell(Devshell root) {
        this.root = root;
        this.workspace = root.workspace();
        this.console = root.console();
    }

    static int open(Devshell root) {
        return new Shell(root).run();
    }

    private int run() {
        Optional<DevSession> running = workspace.session();
        if (running.isPresent()) {
            console.say(running.get().project() + " is running under devshell already: attached to it");
            return read(running.get(), true);
        }
        DevSession own = workspace.begin();
        Shutdown shutdown = Shutdown.before(() -> leave(own));
        try {
            return read(own, false);
        } finally {
            shutdown.settle();
        }
    }

    private int read(DevSession session, boolean booted) {
        if (root.launch().hasTerminal()) {
            keep = new Prompt(root, workspace, session).read(booted);
            return CommandLine.ExitCode.OK;
        }
        if (!booted) {
            session.up(UpOptions.all(), new Narration(console, root.debug()));
            console.say(session.project() + " is up and in sync");
        }
        return script();
    }

    /** Runs the lines of standard input; the first that fails is the last. */
    private int script() {
        ShellLine line = new ShellLine(root, workspace, Lending.PLAIN);
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

    private void leave(DevSession session) {
        boolean ended = session instanceof ProjectSession own && own.isEnded();
        session.close();
        if (ended) {
            return;
        }
        if (keep) {
            console.say("the containers of " + session.project()
                    + " go on without sync; 'devshell' takes it up again, 'devshell down' removes them");
            return;
        }
        console.say("stopping the containers of " + session.project()
                + "; 'devshell' starts them again, 'devshell down' removes them");
        workspace.compose().stop(List.of(), new Narration(console, root.debug())::tell);
    }
}
