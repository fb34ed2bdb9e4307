package dev.devshell.differ;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Plays the steps of one side, one after the other. */
final class Player implements Callable<Integer> {
    private final Hand hand;
    private final List<Step> steps;
    private final Observer observer;

    Player(Hand hand, List<Step> steps, Observer observer) {
        this.hand = hand;
        this.steps = steps;
        this.observer = observer;
    }

    /** Returns how many steps did not fit what stood there. */
    @Override
    public Integer call() throws IOException {
        int refused = 0;
        for (Step step : steps) {
            rest(Duration.ofMillis(step.pause()));
            boolean git = step.operation() instanceof Operation.Checkout;
            try {
                if (git) {
                    observer.holdBreath();
                }
                step.operation().by(hand);
            } catch (FileSystemException e) {
                refused++;
            } finally {
                if (git) {
                    observer.breathe();
                }
            }
        }
        return refused;
    }

    private static void rest(Duration pause) {
        long end = System.nanoTime() + pause.toNanos();
        while (end - System.nanoTime() > 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
