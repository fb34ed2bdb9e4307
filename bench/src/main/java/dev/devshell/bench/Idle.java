package dev.devshell.bench;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * What a program costs while nothing happens: CPU and memory of its processes on both ends, the engine's own not counted.
 *
 * <p>What it still does of the work that went before is not idling. It is waited for, in steps, until a step costs next to nothing or has been tried long enough.
 */
final class Idle {
    private static final int STEP_MILLIS = 5_000;
    private static final int MOST_STEPS = 24;
    private static final double NEXT_TO_NOTHING_MILLIS = 10;

    private Idle() {}

    static String measure(Site site, Program.Running running, int seconds) throws IOException, InterruptedException {
        List<Long> host = running.processes();
        List<Long> guests = List.copyOf(site.guests());
        int steps = 1;
        while (used(host, guests, STEP_MILLIS).total() > NEXT_TO_NOTHING_MILLIS && steps < MOST_STEPS) {
            steps++;
        }
        Used used = used(host, guests, seconds * 1_000);
        double toMinute = 60.0 / seconds / 1_000;
        return String.format(
                Locale.ROOT,
                "%.3f s CPU a minute on the host + %.3f s in the container, from %d s after the last work on; memory %d MB + %d MB",
                used.onHost * toMinute,
                used.inside * toMinute,
                steps * STEP_MILLIS / 1_000,
                Usage.residentMegabytes(host),
                Usage.residentMegabytes(guests));
    }

    /** Milliseconds of CPU. */
    private record Used(double onHost, double inside) {
        double total() {
            return onHost + inside;
        }
    }

    private static Used used(List<Long> host, List<Long> guests, int millis) throws IOException, InterruptedException {
        Usage.Cpu onHost = Usage.cpu(host);
        Usage.Cpu inside = Usage.cpu(guests);
        Thread.sleep(millis);
        return new Used(Usage.cpu(host).millisSince(onHost), Usage.cpu(guests).millisSince(inside));
    }
}
