package dev.devshell.watch;

import dev.devshell.Change;
import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import dev.devshell.watch.worker.Told;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The changes of a session, in the order they were seen, to be taken by one thread. */
final class Inbox {
    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    private final BlockingQueue<Mail> queue = new LinkedBlockingQueue<>();

    /** What comes in. */
    sealed interface Mail {
        record Changed(Change change) implements Mail {}

        /** What was run has ended. */
        record Done(int code, Optional<DevshellException> failure) implements Mail {}

        /** The session is gone. */
        record Ended() implements Mail {}

        /** Files of the project with the tests have changed. */
        record Edited(List<Path> files, long millis) implements Mail {}

        /** A person has pressed a key. */
        record Key(char key) implements Mail {}

        record Said(WorkerJvm worker, Told told) implements Mail {}

        record Died(WorkerJvm worker, String why) implements Mail {}
    }

    /** Returns one that takes in what a session says, until it ends. */
    static Inbox of(DevSession session) {
        Inbox inbox = new Inbox();
        inbox.follow(session);
        return inbox;
    }

    /** Takes in what a session says, until it ends; returns when it listens. */
    void follow(DevSession session) {
        BlockingQueue<Boolean> listens = new LinkedBlockingQueue<>();
        start("devshell-watch-changes", () -> {
            try {
                session.changes(change -> {
                    listens.add(true);
                    put(new Mail.Changed(change));
                });
            } catch (DevshellException e) {
                LOG.debug("no more changes: {}", e.what());
            } finally {
                put(new Mail.Ended());
                listens.add(true);
            }
        });
        try {
            listens.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevshellException.Interrupted("interrupted");
        }
    }

    static Thread start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    void put(Mail mail) {
        queue.add(mail);
    }

    /** Waits for the next. */
    Mail take() throws InterruptedException {
        return queue.take();
    }

    /** Waits for the next, so long at most. */
    Optional<Mail> poll(long millis) throws InterruptedException {
        return Optional.ofNullable(queue.poll(millis, TimeUnit.MILLISECONDS));
    }
}
