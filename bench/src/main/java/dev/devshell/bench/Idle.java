package dev.devshell.bench;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** What a program costs while nothing happens: CPU and memory of its processes on both ends, the engine's own not counted. */
final class Idle {
    private static final int SETTLE_MILLIS = 5_000;

    private Idle() {}

    static String measure(Site site, Program.Running running, int seconds) throws IOException, InterruptedException {
        Thread.sleep(SETTLE_MILLIS);
        List<Long> host = running.processes();
        List<Long> guests = List.copyOf(site.guests());
        double onHost = Usage.cpuMillis(host);
        double inside = Usage.cpuMillis(guests);
        Thread.sleep(seconds * 1_000L);
        double toMinute = 60.0 / seconds / 1_000;
        onHost = (Usage.cpuMillis(host) - onHost) * toMinute;
        inside = (Usage.cpuMillis(guests) - inside) * toMinute;
        return String.format(
                Locale.ROOT,
                "%.3f s CPU a minute on the host + %.3f s in the container, memory %d MB + %d MB",
                onHost,
                inside,
                Usage.residentMegabytes(host),
                Usage.residentMegabytes(guests));
    }
}
