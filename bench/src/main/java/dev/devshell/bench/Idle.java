package dev.devshell.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What a program costs while nothing happens: CPU and memory of its processes on both ends, the engine's own not counted. */
final class Idle {
    /** The kernel's unit of CPU time for programs is a hundredth of a second everywhere. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int SETTLE_MILLIS = 5_000;

    private Idle() {}

    static String measure(Site site, Program.Running running, int seconds) throws IOException, InterruptedException {
        Thread.sleep(SETTLE_MILLIS);
        List<Long> host = running.processes();
        List<Long> guests = List.copyOf(site.guests());
        double before = cpuSeconds(host) + cpuSeconds(guests);
        Thread.sleep(seconds * 1_000L);
        double used = (cpuSeconds(host) + cpuSeconds(guests) - before) * 60 / seconds;
        return String.format(
                Locale.ROOT,
                "%.2f s CPU a minute, memory %d MB on the host + %d MB in the container",
                used,
                residentMegabytes(host),
                residentMegabytes(guests));
    }

    private static double cpuSeconds(List<Long> pids) throws IOException {
        double ticks = 0;
        for (long pid : pids) {
            String stat = read(pid, "stat");
            if (!stat.isEmpty()) {
                // The name before may have blanks in it; user and system time are the 12th and 13th behind it.
                List<String> fields =
                        List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
                ticks += Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12));
            }
        }
        return ticks / TICKS_PER_SECOND;
    }

    private static long residentMegabytes(List<Long> pids) throws IOException {
        long kilobytes = 0;
        for (long pid : pids) {
            kilobytes += read(pid, "status")
                    .lines()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        }
        return kilobytes / 1024;
    }

    /** Returns nothing for a process that has ended meanwhile. */
    private static String read(long pid, String what) throws IOException {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), what));
        } catch (NoSuchFileException e) {
            return "";
        }
    }
}
