package dev.devshell.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What processes use, as the kernel counts it. */
final class Usage {
    private static final double TICK_MILLIS = 10;

    private Usage() {}

    static Cpu cpu(Collection<Long> pids) throws IOException {
        Map<Path, Double> threads = new HashMap<>();
        double whole = 0;
        for (long pid : pids) {
            for (Path thread : threads(pid)) {
                String stat = read(thread.resolve("schedstat"));
                threads.put(
                        thread, stat.isEmpty() ? 0 : Double.parseDouble(stat.substring(0, stat.indexOf(' '))) / 1e6);
            }
            whole += ticks(pid) * TICK_MILLIS;
        }
        return new Cpu(threads, whole, 2 * TICK_MILLIS * pids.size());
    }

    /**
     * The CPU that processes had until a moment. The kernel counts that of threads exactly, but only while they live; that of processes in ticks.
     *
     * @param coarse how much the difference of two wholes may be wrong
     */
    record Cpu(Map<Path, Double> threads, double whole, double coarse) {
        double millisSince(Cpu before) {
            double exact = 0;
            for (Map.Entry<Path, Double> thread : threads.entrySet()) {
                exact += thread.getValue() - before.threads.getOrDefault(thread.getKey(), 0.0);
            }
            return Math.max(exact, whole - before.whole - coarse);
        }
    }

    /** Returns the user's and the system's; their fields are counted from the end of the name, which may hold anything. */
    private static long ticks(long pid) throws IOException {
        String stat = read(of(pid).resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ", -1);
        return fields.length < 13 ? 0 : Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    private static List<Path> threads(long pid) throws IOException {
        try (Stream<Path> threads = Files.list(of(pid).resolve("task"))) {
            return threads.toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    static long residentMegabytes(Collection<Long> pids) throws IOException {
        return megabytes(pids, "VmRSS:");
    }

    /** Forgets the most memory that processes have had, so that {@link #mostMegabytes} is of what follows. */
    static void forgetMost(Collection<Long> pids) throws IOException {
        for (long pid : pids) {
            Files.writeString(of(pid).resolve("clear_refs"), "5");
        }
    }

    static long mostMegabytes(Collection<Long> pids) throws IOException {
        return megabytes(pids, "VmHWM:");
    }

    private static long megabytes(Collection<Long> pids, String what) throws IOException {
        long kilobytes = 0;
        for (long pid : pids) {
            kilobytes += read(of(pid).resolve("status"))
                    .lines()
                    .filter(line -> line.startsWith(what))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        }
        return kilobytes / 1024;
    }

    private static Path of(long pid) {
        return Path.of("/proc", Long.toString(pid));
    }

    /** Returns nothing for what has ended meanwhile. */
    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            return "";
        }
    }
}
