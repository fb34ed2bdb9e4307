package dev.devshell.watch;

import dev.devshell.Change;
import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import dev.devshell.watch.Inbox.Mail;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs a command once, and again whenever a change of the host has landed in a service's containers.
 *
 * <p>An edit during a run cancels it. What the run itself writes, and the sync brings to the host, starts no other: the sync
 * is flushed after a run, and what a container wrote before that counts as seen.
 */
public final class CommandLoop {
    private static final Duration TO_LAND = Duration.ofSeconds(10);
    private static final Duration TO_RETURN = Duration.ofSeconds(60);

    /** An editor that saves several files does so within this. */
    private static final int GATHER_MILLIS = 20;

    private static final int CANCEL_MILLIS = 250;

    /** A command that has the terminal gets its Ctrl-C, and ends so. */
    private static final int INTERRUPTED = 130;

    private final DevSession session;
    private final String service;
    private final Run command;
    private final CommandScreen screen;

    private final Set<Path> changed = new LinkedHashSet<>();
    private long savedMillis;
    /** What a container wrote until then is what was run. */
    private long seenMillis;

    private int lastCode;
    private boolean over;

    public CommandLoop(DevSession session, String service, Run command, CommandScreen screen) {
        this.session = session;
        this.service = service;
        this.command = command;
        this.screen = screen;
    }

    /**
     * Goes on until the session ends, until the command ends because it was interrupted (130), or until this thread is interrupted between two runs.
     *
     * @return the exit code of the last run that ended by itself
     * @throws DevshellException.Interrupted when this thread is interrupted during a run, which is cancelled
     */
    public int loop() {
        Inbox inbox = Inbox.of(session);
        try {
            while (!over) {
                runOnce(inbox);
                awaitChange(inbox);
            }
        } catch (InterruptedException e) {
            // A person has seen the result and leaves.
            return lastCode;
        }
        return lastCode;
    }

    private void runOnce(Inbox inbox) {
        long saved = savedMillis;
        List<Path> because = new ArrayList<>(changed);
        changed.clear();
        try {
            session.sync().flush(TO_LAND);
            screen.runs(because, because.isEmpty() ? Duration.ZERO : since(saved));
            run(inbox);
        } catch (DevshellException.Interrupted e) {
            throw e;
        } catch (DevshellException e) {
            screen.failed(e);
        }
    }

    private static Duration since(long millis) {
        return Duration.ofMillis(Math.max(0, System.currentTimeMillis() - millis));
    }

    private void run(Inbox inbox) {
        long began = System.nanoTime();
        Thread runner = Inbox.start("devshell-watch-run", () -> inbox.put(done()));
        try {
            Optional<Mail.Done> done = awaitEnd(inbox);
            if (done.isPresent()) {
                ended(done.get(), Duration.ofNanos(System.nanoTime() - began));
            } else {
                screen.cancelled(List.copyOf(changed));
                cancel(inbox);
            }
        } catch (InterruptedException e) {
            abandon(runner);
            Thread.currentThread().interrupt();
            throw new DevshellException.Interrupted("interrupted");
        }
        seenMillis = System.currentTimeMillis();
    }

    private Mail.Done done() {
        try {
            return new Mail.Done(command.run(), Optional.empty());
        } catch (DevshellException e) {
            return new Mail.Done(e.exitCode(), Optional.of(e));
        }
    }

    /** Returns how the run ended, or nothing when there is a reason to cancel it. */
    private Optional<Mail.Done> awaitEnd(Inbox inbox) throws InterruptedException {
        while (true) {
            Mail mail = inbox.take();
            if (mail instanceof Mail.Done done) {
                return Optional.of(done);
            }
            take(mail, false);
            if (over || !changed.isEmpty()) {
                return Optional.empty();
            }
        }
    }

    private void ended(Mail.Done done, Duration took) {
        lastCode = done.code();
        if (done.failure().isPresent()) {
            throw done.failure().get();
        }
        session.sync().flush(TO_RETURN);
        screen.ended(done.code(), took);
        over |= done.code() == INTERRUPTED;
    }

    private void cancel(Inbox inbox) throws InterruptedException {
        command.cancel();
        while (true) {
            Optional<Mail> mail = inbox.poll(CANCEL_MILLIS);
            if (mail.isEmpty()) {
                // It may have started only after it was told to end.
                command.cancel();
            } else if (mail.get() instanceof Mail.Done) {
                return;
            } else {
                take(mail.get(), false);
            }
        }
    }

    private void abandon(Thread runner) {
        command.cancel();
        runner.interrupt();
    }

    private void awaitChange(Inbox inbox) throws InterruptedException {
        while (!over && changed.isEmpty()) {
            take(inbox.take(), true);
        }
        Optional<Mail> more = inbox.poll(GATHER_MILLIS);
        while (more.isPresent()) {
            take(more.get(), true);
            more = inbox.poll(GATHER_MILLIS);
        }
    }

    /** Keeps what asks for another run; what a container writes does so only while nothing runs. */
    private void take(Mail mail, boolean idle) {
        if (mail instanceof Mail.Ended) {
            over = true;
        } else if (mail instanceof Mail.Changed told) {
            Change change = told.change();
            boolean own = change.byContainer() && (!idle || change.millis() <= seenMillis);
            if (!own && change.services().contains(service)) {
                changed.addAll(change.paths());
                savedMillis = change.millis();
            }
        }
    }
}
