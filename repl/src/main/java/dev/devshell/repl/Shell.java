package dev.devshell.repl;

import dev.devshell.DevSession;
import dev.devshell.DevshellException;
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
            return read();
        }
        DevSession own = workspace.begin();
        Shutdown shutdown = Shutdown.before(() -> leave(own));
        try {
            boot(own);
            return read();
        } finally {
            shutdown.settle();
        }
    }

    private void boot(DevSession session) {
        try {
            session.up(UpOptions.all(), new Narration(console, root.debug()));
            console.say(session.project() + " is up and in sync");
        } catch (DevshellException e) {
            boolean booted = session instanceof ProjectSession own && own.isBooted();
            if (!console.interactive() || !booted) {
                throw e;
            }
            root.failures().tell(e);
        }
    }

    private int read() {
        ShellLine line = new ShellLine(root, workspace);
        return root.launch().hasTerminal() ? new Prompt(line, workspace, console).read() : script(line);
    }

    /** Runs the lines of standard input; the first that fails is the last. */
    private int script(ShellLine line) {
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
        console.say("stopping the containers of " + session.project()
                + "; 'devshell' starts them again, 'devshell down' removes them");
        workspace.compose().stop(List.of(), new Narration(console, root.debug())::tell);
    }
}
