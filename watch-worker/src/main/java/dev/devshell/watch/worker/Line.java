package dev.devshell.watch.worker;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The worker's way to the loop; without a loop there is nobody to work for.
 *
 * <p>A thread of its own writes: the thread that tells may be interrupted, and that would close the channel.
 */
final class Line {
    private static final int LOOP_GONE = 3;
    private static final int MOST_WAITING = 10_000;

    private final BlockingQueue<Told> waiting = new ArrayBlockingQueue<>(MOST_WAITING);

    Line(Frames frames) {
        Thread writer = new Thread(() -> write(frames), "devshell-worker-line");
        writer.setDaemon(true);
        writer.start();
    }

    private void write(Frames frames) {
        try {
            while (true) {
                frames.write(waiting.take().frame());
            }
        } catch (IOException | InterruptedException e) {
            end();
        }
    }

    /** Tells it soon; waits only where a test prints faster than that can be passed on. */
    void tell(Told told) {
        boolean interrupted = false;
        boolean queued = false;
        while (!queued) {
            try {
                waiting.put(told);
                queued = true;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends this JVM at once, whatever a test is at. */
    static void end() {
        Runtime.getRuntime().halt(LOOP_GONE);
    }
}
