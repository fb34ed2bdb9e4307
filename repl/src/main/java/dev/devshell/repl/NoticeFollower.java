package dev.devshell.repl;

import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import dev.devshell.Notice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells on standard error what a session says on its own, until it ends. */
final class NoticeFollower {
    private static final Logger LOG = LoggerFactory.getLogger(NoticeFollower.class);

    private final DevSession session;
    private final Console console;
    private final boolean json;

    private NoticeFollower(DevSession session, Console console, boolean json) {
        this.session = session;
        this.console = console;
        this.json = json;
    }

    static void start(DevSession session, Devshell root) {
        start(session, root.console(), root.json());
    }

    /**
     * @param console where they are told
     */
    static void start(DevSession session, Console console, boolean json) {
        Thread thread = new Thread(new NoticeFollower(session, console, json)::follow, "devshell-notices");
        thread.setDaemon(true);
        thread.start();
    }

    private void follow() {
        try {
            session.follow(this::tell);
        } catch (DevshellException e) {
            // The session went away; whoever waits for it says so.
            LOG.debug("no more notices: {}", e.what());
        }
    }

    private void tell(Notice notice) {
        if (json) {
            console.say(JsonOutput.object()
                    .set(
                            "notice",
                            JsonOutput.notice(JsonOutput.object(), notice).without("schema"))
                    .toString());
        } else {
            NoticeText.lines(notice, console::err).forEach(console::say);
        }
    }
}
