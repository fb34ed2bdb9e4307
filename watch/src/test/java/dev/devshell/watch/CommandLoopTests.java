package dev.devshell.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.devshell.DevshellException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CommandLoopTests implements CommandScreen {
    private static final int CANCELLED = 143;

    private final FakeSession session = new FakeSession();
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final BlockingQueue<Integer> ends = new LinkedBlockingQueue<>();
    private final Semaphore started = new Semaphore(0);
    private final CompletableFuture<Integer> result = new CompletableFuture<>();
    private final Thread thread = new Thread(() -> {
        try {
            result.complete(new CommandLoop(session.session(), "web", new Command(), this).loop());
        } catch (DevshellException e) {
            result.completeExceptionally(e);
        }
    });

    /** Runs until a test says with which code it ends. */
    private final class Command implements Run {
        @Override
        public int run() {
            started.release();
            try {
                return ends.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return CANCELLED;
            }
        }

        @Override
        public void cancel() {
            ends.add(CANCELLED);
        }
    }

    @Override
    public void runs(List<Path> changed, Duration sinceSaved) {
        told.add("runs " + changed);
    }

    @Override
    public void ended(int code, Duration took) {
        told.add("ended " + code);
    }

    @Override
    public void cancelled(List<Path> changed) {
        told.add("cancelled " + changed);
    }

    @Override
    public void failed(DevshellException failure) {
        told.add("failed " + failure.code());
    }

    @AfterEach
    void end() throws InterruptedException {
        session.end();
        thread.join(10_000);
        assertThat(thread.isAlive()).isFalse();
    }

    private void begin() {
        thread.start();
        awaitStart();
    }

    private void awaitStart() {
        await().until(started::tryAcquire);
    }

    private void awaitTold(String last) {
        await().untilAsserted(() -> assertThat(told).last().isEqualTo(last));
    }

    @Test
    void runsOnceAndAgainWhenAChangeHasLanded() {
        begin();
        ends.add(1);
        awaitTold("ended 1");

        session.saved("/p/a.rb", "web", "worker");
        awaitStart();
        ends.add(0);
        awaitTold("ended 0");

        assertThat(told).containsExactly("runs []", "ended 1", "runs [/p/a.rb]", "ended 0");
        // Before each run and after it.
        assertThat(session.flushes).hasValue(4);
    }

    @Test
    void runsOnceForWhatIsSavedTogetherAndNotAtAllForOtherServices() {
        begin();
        ends.add(0);
        awaitTold("ended 0");

        session.saved("/p/other.js", "frontend");
        session.saved("/p/a.rb", "web");
        session.saved("/p/b.rb", "web");
        awaitStart();

        assertThat(told).last().isEqualTo("runs [/p/a.rb, /p/b.rb]");
        ends.add(0);
    }

    @Test
    void cancelsARunForAnEdit() {
        begin();

        session.saved("/p/a.rb", "web");
        awaitStart();
        ends.add(0);
        awaitTold("ended 0");

        assertThat(told).containsExactly("runs []", "cancelled [/p/a.rb]", "runs [/p/a.rb]", "ended 0");
    }

    @Test
    void startsNoRunForWhatTheRunItselfWrote() {
        begin();
        session.writtenByAContainer("/p/during.txt", "web");
        session.onFlush = () -> session.writtenByAContainer("/p/late.txt", "web");
        ends.add(0);
        awaitTold("ended 0");
        session.onFlush = () -> {};

        await().pollDelay(Duration.ofMillis(50)).until(() -> true);
        assertThat(told).containsExactly("runs []", "ended 0");

        session.writtenByAContainer("/p/generated.rb", "web");
        awaitStart();
        assertThat(told).last().isEqualTo("runs [/p/generated.rb]");
        ends.add(0);
    }

    @Test
    void goesOnAfterAFailureOfTheSync() {
        session.onFlush = () -> {
            throw new DevshellException.Failed("SYNC-BEHIND", "behind", "", "");
        };
        thread.start();
        awaitTold("failed SYNC-BEHIND");
        session.onFlush = () -> {};

        session.saved("/p/a.rb", "web");
        awaitStart();
        ends.add(0);
        awaitTold("ended 0");
    }

    @Test
    void returnsTheLastCodeWhenTheSessionEnds() {
        begin();
        ends.add(7);
        awaitTold("ended 7");

        session.end();

        assertThat(result).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(7);
    }

    @Test
    void returnsTheLastCodeWhenAPersonLeavesBetweenTwoRuns() {
        begin();
        ends.add(7);
        awaitTold("ended 7");

        thread.interrupt();

        assertThat(result).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(7);
    }

    @Test
    void leavesWithACommandThatWasInterruptedOnItsTerminal() {
        begin();
        ends.add(130);

        assertThat(result).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(130);
    }

    @Test
    void cancelsTheRunWhenAPersonLeavesInIt() {
        begin();

        thread.interrupt();

        assertThat(result)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withRootCauseInstanceOf(DevshellException.Interrupted.class);
        await().until(() -> ends.isEmpty());
    }
}
