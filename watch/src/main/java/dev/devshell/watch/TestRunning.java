package dev.devshell.watch;

import dev.devshell.watch.Inbox.Mail;
import dev.devshell.watch.worker.Order;
import dev.devshell.watch.worker.Told;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One run of tests in the worker: what it tells, and its end, be it early. */
final class TestRunning {
    /** How often the worker is looked at while it tells nothing. */
    static final int LOOK_MILLIS = 100;

    /** A test that is interrupted has so long to clean up. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** A JVM that does nothing but collect garbage does not beat. */
    private static final long DEAD_MILLIS = 20_000;

    private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final int id;
    private final TestProject project;
    private final TestScreen screen;
    private final BooleanSupplier output;
    private final WorkerJvm worker;
    private final RunBook book = new RunBook();
    private boolean over;
    private boolean cancelled;
    private boolean changed;
    private long cancelledNanos;
    private long toldNanos = System.nanoTime();
    private OptionalLong firstTestNanos = OptionalLong.empty();
    private String current = "";
    private String trouble = "";

    TestRunning(int id, TestProject project, TestScreen screen, BooleanSupplier output) {
        this.id = id;
        this.project = project;
        this.screen = screen;
        this.output = output;
        this.worker = project.worker();
    }

    void begin(Order.RunTests order) {
        worker.order(order);
    }

    RunBook book() {
        return book;
    }

    boolean isOver() {
        return over;
    }

    boolean isCancelled() {
        return cancelled;
    }

    boolean changedMeanwhile() {
        return changed;
    }

    /** Returns when the first test began, as {@link System#nanoTime()}. */
    OptionalLong firstTestNanos() {
        return firstTestNanos;
    }

    /** Returns why not all could be run; empty where it could. */
    String trouble() {
        return trouble;
    }

    /** Takes what the worker tells; returns false where it is no business of this run. */
    boolean take(Mail mail) {
        if (mail instanceof Mail.Said said) {
            if (said.worker() == worker) {
                told(said.told());
            }
            return !(said.told() instanceof Told.Own);
        }
        if (mail instanceof Mail.Died died && died.worker() == worker) {
            lose("the JVM of the tests is gone: " + died.why());
            return true;
        }
        return false;
    }

    private void told(Told told) {
        if (told instanceof Told.Started started && started.run() == id) {
            toldNanos = System.nanoTime();
            book.started(started.test());
            if (started.test().isTest()) {
                current = started.test().displayName();
                firstTestNanos = firstTestNanos.isPresent() ? firstTestNanos : OptionalLong.of(toldNanos);
                screen.started(current);
            }
        } else if (told instanceof Told.Finished finished && finished.run() == id) {
            toldNanos = System.nanoTime();
            if (!cancelled) {
                book.finished(finished).ifPresent(screen::finished);
            }
        } else if (told instanceof Told.Skipped skipped && skipped.run() == id && !cancelled) {
            screen.finished(book.skipped(skipped));
        } else if (told instanceof Told.Printed printed && printed.run() == id) {
            book.printed(printed);
            if (output.getAsBoolean()) {
                screen.printed(printed.text());
            }
        } else if (told instanceof Told.Reported reported && reported.run() == id) {
            book.reported(reported);
        } else if (told instanceof Told.Done done && done.run() == id) {
            over = true;
            trouble = done.failure();
        }
    }

    /**
     * Looks after the run.
     *
     * @param unwanted whether something has happened that asks for another
     */
    void look(boolean unwanted, List<Path> because) {
        long now = System.nanoTime();
        if (over) {
            changed |= unwanted;
        } else if (unwanted && !cancelled) {
            cancelled = true;
            cancelledNanos = now;
            screen.cancelled(because);
            worker.order(new Order.Cancel(id));
        } else if (cancelled && now - cancelledNanos > GRACE_NANOS) {
            screen.say("the tests do not end: their JVM is replaced");
            project.replaceWorker();
            over = true;
        } else if (worker.silentMillis() > DEAD_MILLIS) {
            lose("the JVM of the tests does not answer any more");
        } else if (now - toldNanos > SLOW_NANOS) {
            toldNanos = now;
            screen.say("still at " + (current.isEmpty() ? "the first test" : current));
        }
    }

    private void lose(String why) {
        trouble = why;
        over = true;
        screen.say(why + "; another one is started");
        project.replaceWorker();
    }
}
