package dev.devshell.repl;

import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import dev.devshell.Service;
import dev.devshell.SyncStatus;
import dev.devshell.repl.screen.Screen;
import dev.devshell.session.SessionClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jline.utils.AttributedString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the lines below the prompt true: looks a few times a second, and draws when something is different. */
final class Glance implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Glance.class);
    private static final long BETWEEN_MILLIS = 250;
    private static final int MOST_LINES = 8;

    private final Workspace workspace;
    private final LiveServices services;
    private final Screen screen;
    private final StatusLine line;
    private final Optional<BootBoard> boot;
    private @Nullable DevSession session;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Glance(
            Workspace workspace, LiveServices services, Screen screen, StatusLine line, Optional<BootBoard> boot) {
        this.workspace = workspace;
        this.services = services;
        this.screen = screen;
        this.line = line;
        this.boot = boot;
    }

    static Glance start(
            Workspace workspace, LiveServices services, Screen screen, StatusLine line, Optional<BootBoard> boot) {
        Glance glance = new Glance(workspace, services, screen, line, boot);
        // Lines that come later push up what stands above them; the first ones come while there is nothing.
        glance.look();
        Thread thread = new Thread(glance::run, "devshell-glance");
        thread.setDaemon(true);
        thread.start();
        return glance;
    }

    private void run() {
        try {
            do {
                look();
            } while (!closed.await(BETWEEN_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        List<Service> seen = services.latest();
        Optional<SyncStatus> sync = sync();
        List<AttributedString> lines = new ArrayList<>();
        boot.ifPresent(board -> {
            board.settle(seen, sync, screen::print);
            lines.addAll(few(board.lines(seen, sync)));
        });
        lines.add(line.of(seen, sync, service -> boot.isPresent() && boot.get().has(service.name())));
        screen.below(lines);
    }

    /** What is typed needs room too. */
    private static List<AttributedString> few(List<String> lines) {
        List<String> shown = new ArrayList<>(lines.subList(0, Math.min(lines.size(), MOST_LINES)));
        if (lines.size() > MOST_LINES) {
            shown.add("  and " + (lines.size() - MOST_LINES) + " more");
        }
        return shown.stream().map(AttributedString::new).toList();
    }

    private Optional<SyncStatus> sync() {
        try {
            // One of another process is reached by its socket, whoever listens there: it is looked for once, not at
            // every look.
            if (!(session instanceof SessionClient)) {
                session = workspace.session().orElse(null);
            }
            return session == null
                    ? Optional.empty()
                    : Optional.of(session.sync().status());
        } catch (DevshellException e) {
            session = null;
            LOG.debug("the sync does not answer: {}", e.what());
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
