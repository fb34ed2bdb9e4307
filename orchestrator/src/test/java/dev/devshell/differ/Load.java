package dev.devshell.differ;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many times more there is to do on this machine than it can do at once, over the last second or so. For one thread. */
final class Load {
    private static final Path FIGURES = Path.of("/proc/loadavg");
    private static final double WEIGHT = 0.05;
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private double running = CORES;

    /** Looks again; to be called some 50 times a second. */
    void look() throws IOException {
        // "0.20 0.18 0.12 3/80 11206": three threads of 80 run or want to
        String threads = Files.readString(FIGURES).split(" ", -1)[3];
        running += WEIGHT * (Double.parseDouble(threads.substring(0, threads.indexOf('/'))) - running);
    }

    /** Returns 1 on a machine that can do all it has to, more where things wait for each other. */
    double factor() {
        return Math.max(1, running / CORES);
    }
}
