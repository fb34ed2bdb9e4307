package dev.devshell.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** What processes use, as the kernel counts it. */
final class Usage {
    private Usage() {}

    /** Returns the milliseconds of CPU that the threads that live have had. */
    static double cpuMillis(Collection<Long> pids) throws IOException {
        double nanos = 0;
        for (long pid : pids) {
            for (Path thread : threads(pid)) {
                String stat = read(thread.resolve("schedstat"));
                nanos += stat.isEmpty() ? 0 : Double.parseDouble(stat.substring(0, stat.indexOf(' ')));
            }
        }
        return nanos / 1e6;
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
