package dev.devshell.repl;

import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import dev.devshell.UpOptions;
import dev.devshell.session.ProjectSession;
import java.util.List;
import picocli.CommandLine;

/** A session before which a person sits: the containers stop with it, as they do with {@code docker compose up}. */
final class Foreground {
    private final Devshell root;
    private final List<String> services;

    Foreground(Devshell root, List<String> services) {
        this.root = root;
        this.services = services;
    }

    int up(UpOptions options) {
        DevSession session = root.workspace().begin();
        Shutdown shutdown = Shutdown.before(() -> stop(session));
        try {
            boot(session, options);
            follow(session);
            if (!shutdown.hasBegun()) {
                shutdown.cancel();
                root.console().say("the session was ended by another devshell");
            }
            return CommandLine.ExitCode.OK;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevshellException.Interrupted("interrupted");
        } finally {
            shutdown.settle();
        }
    }

    private void boot(DevSession session, UpOptions options) {
        Console console = root.console();
        try {
            session.up(options, new Narration(console, root.debug()));
            console.say(session.project() + " is up and in sync; Ctrl-C stops it");
        } catch (DevshellException e) {
            if (!isBooted(session)) {
                throw e;
            }
            root.failures().tell(e);
            console.say("the sync goes on: an edit may heal it; Ctrl-C stops the project");
        }
    }

    private static boolean isBooted(DevSession session) {
        return session instanceof ProjectSession own && own.isBooted();
    }

    private void follow(DevSession session) throws InterruptedException {
        LogFollower logs = LogFollower.of(root, services);
        Thread follower = new Thread(() -> logs.followOnly(LogFollower.fromNow(services)), "devshell-logs");
        follower.setDaemon(true);
        follower.start();
        NoticeFollower.start(session, root);
        if (session instanceof ProjectSession own) {
            own.awaitEnd();
        } else {
            follower.join();
        }
    }

    private void stop(DevSession session) {
        if (!(session instanceof ProjectSession)) {
            return;
        }
        root.console().say("stopping " + session.project() + " ...");
        session.close();
        root.workspace().compose().stop(List.of(), new Narration(root.console(), root.debug())::tell);
        root.console().say("stopped; 'devshell down' removes the containers");
    }
}
