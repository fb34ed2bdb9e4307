package dev.devshell.repl;

import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import dev.devshell.UpOptions;
import dev.devshell.session.ProjectSession;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of a project when a shell on it is left: while others are on it, it goes on in sync; the last one decides. */
final class Leaving {
    private static final Logger LOG = LoggerFactory.getLogger(Leaving.class);

    private final Devshell root;
    private final Workspace workspace;
    private final Console console;
    private final Settings.OnExit onExit;
    private final boolean follows;
    private Optional<Integer> others = Optional.empty();
    private Optional<Boolean> answer = Optional.empty();

    /**
     * @param follows whether this shell is itself one that follows the session, until {@link #decide} has returned
     */
    Leaving(Devshell root, Workspace workspace, Settings.OnExit onExit, boolean follows) {
        this.root = root;
        this.workspace = workspace;
        this.console = root.console();
        this.onExit = onExit;
        this.follows = follows;
    }

    /**
     * Looks who else is there; without anybody, and where the settings say so, lets a person decide.
     *
     * @param question puts it to a person; nothing where there is no answer
     */
    void decide(Function<String, Optional<String>> question) {
        Optional<DevSession> session = workspace.session();
        if (session.isEmpty()) {
            return;
        }
        others = Optional.of(others(session.get()));
        if (onExit != Settings.OnExit.ASK || others.get() > 0) {
            return;
        }
        String choice = stops(session.get()) ? "[Y/n]" : "[y/N]";
        answer = question.apply("Stop the containers of " + session.get().project() + "? " + choice + " ")
                .map(said -> said.strip().toLowerCase(Locale.ROOT))
                .filter(said -> !said.isEmpty())
                .map(said -> said.matches("y|yes"));
    }

    /** Who began a session ends it with the shell; who attached to one found it there, and leaves it there. */
    private boolean stops(DevSession session) {
        return answer.orElse(
                switch (onExit) {
                    case ASK -> session instanceof ProjectSession;
                    case STOP -> true;
                    case KEEP -> false;
                });
    }

    private int others(DevSession session) {
        if (others.isPresent()) {
            return others.get();
        }
        try {
            return session.followers() - (follows ? 1 : 0);
        } catch (DevshellException e) {
            LOG.debug("nobody can be counted: {}", e.what());
            return 0;
        }
    }

    /** Does what was decided, or what the settings say, without asking anybody. */
    void leave() {
        Optional<DevSession> session = workspace.session();
        if (session.isEmpty()) {
            return;
        }
        int remaining = others(session.get());
        boolean stops = stops(session.get());
        if (session.get() instanceof ProjectSession own) {
            own.close();
            if (remaining > 0) {
                handOver(own.project(), remaining);
                return;
            }
        } else if (remaining > 0 || !stops) {
            console.say(session.get().project() + " goes on; 'devshell' attaches to it, 'devshell down' removes it");
            return;
        } else {
            session.get().end();
        }
        if (stops) {
            stop(session.get().project());
        } else {
            console.say("the containers of " + session.get().project()
                    + " go on without sync; 'devshell' takes it up again, 'devshell down' removes them");
        }
    }

    private void handOver(String project, int remaining) {
        console.say("handing " + project + " over: " + remaining + " more "
                + (remaining == 1 ? "terminal is" : "terminals are") + " on it");
        workspace.beginInBackground(root.debug()).up(UpOptions.all(), new Narration(console, root.debug()));
    }

    private void stop(String project) {
        console.say("stopping the containers of " + project
                + "; 'devshell' starts them again, 'devshell down' removes them");
        workspace.compose().stop(List.of(), new Narration(console, root.debug())::tell);
    }
}
