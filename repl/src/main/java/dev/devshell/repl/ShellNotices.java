package dev.devshell.repl;

import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import dev.devshell.Notice;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells in a shell what a project's session says on its own, each once. A session may end and another process take the project over: the shell
 * follows that one then, and hears nothing twice.
 */
final class ShellNotices implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShellNotices.class);
    private static final long BETWEEN_MILLIS = 300;
    /** Longer than a session takes to pass from one process to the next. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Workspace workspace;
    private final Console console;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private final Set<Notice> told = new HashSet<>();

    private ShellNotices(Workspace workspace, Console console) {
        this.workspace = workspace;
        this.console = console;
        this.thread = new Thread(this::run, "devshell-notices");
        this.thread.setDaemon(true);
    }

    /**
     * @param console where they are told; used from another thread
     */
    static ShellNotices start(Workspace workspace, Console console) {
        ShellNotices notices = new ShellNotices(workspace, console);
        notices.thread.start();
        return notices;
    }

    private void run() {
        String project = "";
        long lost = System.nanoTime();
        try {
            do {
                Optional<DevSession> session = workspace.session();
                if (session.isPresent()) {
                    project = session.get().project();
                    follow(session.get());
                    lost = System.nanoTime();
                } else if (!project.isEmpty() && System.nanoTime() - lost > PATIENCE_NANOS) {
                    console.say("the session of " + project + " was ended from elsewhere; 'up' begins another");
                    project = "";
                }
            } while (!closed.await(BETWEEN_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException | DevshellException.Interrupted e) {
            // Only close() does this.
            Thread.currentThread().interrupt();
        }
    }

    private void follow(DevSession session) {
        try {
            // What is standing is told to every new follower; of that, this shell has told some already.
            Set<Notice> again = new HashSet<>(session.sync().status().notices());
            again.retainAll(told);
            session.follow(notice -> {
                if (!again.remove(notice)) {
                    told.add(notice);
                    NoticeText.lines(notice, console::err).forEach(console::say);
                }
            });
        } catch (DevshellException.Interrupted e) {
            throw e;
        } catch (DevshellException e) {
            LOG.debug("no more notices: {}", e.what());
        }
    }

    /** Follows no more; when this returns, the session does not count this shell any more. */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
