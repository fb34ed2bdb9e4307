package dev.devshell.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The process that made something which has to go when that process has gone.
 *
 * @param machine tells one machine, or one container that is taken for one, from the next
 * @param boot changes when the machine starts anew; empty where the system does not say
 * @param space the space that process ids are of; empty where the system does not say
 * @param start tells a process from an earlier one of the same id
 */
record Owner(String machine, String boot, String space, long pid, String start) {
    private static final String SEPARATOR = "/";

    static Owner self() {
        return of(ProcessHandle.current());
    }

    static Owner of(ProcessHandle process) {
        return new Owner(
                plain(read("/etc/hostname") + "+" + read("/etc/machine-id")),
                plain(read("/proc/sys/kernel/random/boot_id")),
                plain(pidSpace()),
                process.pid(),
                start(process));
    }

    static Optional<Owner> parse(String text) {
        String[] parts = text.strip().split(SEPARATOR, -1);
        try {
            return parts.length == 5
                    ? Optional.of(new Owner(parts[0], parts[1], parts[2], Long.parseLong(parts[3]), parts[4]))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    String text() {
        return String.join(SEPARATOR, machine, boot, space, Long.toString(pid), start);
    }

    /** Returns whether it is certain that the process is gone; of other machines nothing is certain. */
    boolean isGone() {
        Owner self = self();
        if (!machine.equals(self.machine)) {
            return false;
        }
        if (!boot.equals(self.boot)) {
            return true;
        }
        return space.equals(self.space)
                && ProcessHandle.of(pid)
                        .filter(process -> start(process).equals(start))
                        .isEmpty();
    }

    /** The kernel's own count does not move when the clock is set. */
    private static String start(ProcessHandle process) {
        String stat = read("/proc/" + process.pid() + "/stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        return fields.length > 19
                ? fields[19]
                : process.info()
                        .startInstant()
                        .map(Instant::toEpochMilli)
                        .map(String::valueOf)
                        .orElse("");
    }

    private static String pidSpace() {
        Path link = Path.of("/proc/self/ns/pid");
        try {
            return Files.isSymbolicLink(link) ? Files.readSymbolicLink(link).toString() : "";
        } catch (IOException e) {
            return "";
        }
    }

    /** Returns the first line; empty where there is no such file: not every system has them. */
    private static String read(String file) {
        try {
            List<String> lines = Files.readAllLines(Path.of(file));
            return lines.isEmpty() ? "" : lines.get(0);
        } catch (IOException e) {
            return "";
        }
    }

    private static String plain(String text) {
        return text.replaceAll("[^A-Za-z0-9.+-]", "");
    }
}
