package dev.devshell.repl;

import dev.devshell.DevshellException;
import dev.devshell.SyncStatus;
import dev.devshell.repl.screen.Screen;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the line below the prompt true: looks a few times a second, and draws when something is different. */
final class Glance implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Glance.class);
    private static final long BETWEEN_MILLIS = 250;

    private final Workspace workspace;
    private final LiveServices services;
    private final Screen screen;
    private final StatusLine line;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Glance(Workspace workspace, LiveServices services, Screen screen, StatusLine line) {
        this.workspace = workspace;
        this.services = services;
        this.screen = screen;
        this.line = line;
    }

    static Glance start(Workspace workspace, LiveServices services, Screen screen, StatusLine line) {
        Glance glance = new Glance(workspace, services, screen, line);
        Thread thread = new Thread(glance::run, "devshell-glance");
        thread.setDaemon(true);
        thread.start();
        return glance;
    }

    private void run() {
        try {
            do {
                screen.below(List.of(line.of(services.latest(), sync())));
            } while (!closed.await(BETWEEN_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<SyncStatus> sync() {
        try {
            return workspace.session().map(session -> session.sync().status());
        } catch (DevshellException e) {
            LOG.debug("the sync does not answer: {}", e.what());
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
