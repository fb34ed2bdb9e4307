package dev.devshell.repl;

import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import dev.devshell.conflict.EngineFiles;
import dev.devshell.engine.Engine;
import dev.devshell.page.PageProject;
import dev.devshell.page.PageServer;
import dev.devshell.page.SessionLogs;
import dev.devshell.watch.TestLoop;
import dev.devshell.watch.build.BuildTool;
import dev.devshell.watch.select.NameFilter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves a page on this machine that shows the running session. */
@Command(
        name = "ui",
        description = "Serve a page on this machine that shows the running session; Ctrl-C ends it.",
        footer = {
            "",
            "The project has to run under devshell: 'devshell up -d', or the shell. The page boots nothing.",
            "It is for this machine and this user: the address holds a secret. With an engine or a checkout",
            "elsewhere: ssh -L PORT:127.0.0.1:PORT that-machine, and --port PORT there."
        })
final class UiCommand extends Rooted {
    @Option(names = "--port", paramLabel = "PORT", defaultValue = "0", description = "Default: one that is free.")
    private int port;

    @Option(names = "--open", description = "Open it in the browser.")
    private boolean open;

    @Override
    public Integer call() {
        DevSession session = workspace().demandSession();
        Engine engine = workspace().engine();
        PageProject project = new PageProject(
                session,
                new SessionLogs(engine, session),
                new EngineFiles(engine),
                () -> workspace().plans(List.of()),
                watch -> tests(session, watch));
        PageServer page = PageServer.open(project, port);
        Shutdown shutdown = Shutdown.before(page::close);
        Interrupts interrupts = root().inShell() ? Interrupts.none() : Interrupts.toThisThread();
        try {
            tell(page);
            page.awaitEnd();
            console().say("the session ended");
            return CommandLine.ExitCode.OK;
        } catch (DevshellException.Interrupted e) {
            Thread.interrupted();
            return e.exitCode();
        } finally {
            interrupts.close();
            shutdown.settle();
        }
    }

    private void tell(PageServer page) {
        String address = page.address().toString();
        console().out().println(root().json() ? JsonOutput.object().put("url", address) : address);
        console().out().flush();
        if (open) {
            // Whoever lists processes sees what the browser is started with.
            Browser.open(page.addressForOnce().toString(), console());
        }
    }

    private TestLoop.Settings tests(DevSession session, boolean watch) {
        Path directory = root().launch().workingDirectory();
        Path scratch = TestCommand.scratch(directory, root().launch().env());
        return new TestLoop.Settings(
                BuildTool.find(directory, scratch),
                Optional.of(session),
                scratch,
                watch,
                NameFilter.of(List.of()),
                List.of(),
                result -> {});
    }
}
