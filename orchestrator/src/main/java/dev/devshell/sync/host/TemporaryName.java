package dev.devshell.sync.host;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names of files that a write is about to move into place: {@code .devshell-tmp-PID-NUMBER-NAME}.
 *
 * <p>They do not exist for the sync. One whose process is gone was left by a crash; its name says where it belongs.
 */
final class TemporaryName {
    static final String PREFIX = ".devshell-tmp-";

    private static final long PID = ProcessHandle.current().pid();
    private static final AtomicLong NUMBER = new AtomicLong();
    private static final int NAME_BYTES = 255;

    private TemporaryName() {}

    static String next(String name) {
        String start = PREFIX + PID + '-' + NUMBER.incrementAndGet() + '-';
        int end = name.length();
        while (name.substring(0, end).getBytes(StandardCharsets.UTF_8).length > NAME_BYTES - start.length()
                || (end > 0 && Character.isHighSurrogate(name.charAt(end - 1)))) {
            end--;
        }
        return start + name.substring(0, end);
    }

    static boolean is(String name) {
        return name.startsWith(PREFIX);
    }

    /** Returns the process that made the file, when the name says one. */
    private static OptionalLong pid(String name) {
        String[] parts = name.substring(PREFIX.length()).split("-", 3);
        try {
            return parts.length == 3 ? OptionalLong.of(Long.parseLong(parts[0])) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** Whether a process that is gone left this file. */
    static boolean stale(String name) {
        OptionalLong pid = pid(name);
        return pid.isPresent()
                && pid.getAsLong() != PID
                && ProcessHandle.of(pid.getAsLong()).isEmpty();
    }

    /** Returns the name that a stale file was made for, cut where it was too long. */
    static String original(String name) {
        return name.substring(PREFIX.length()).split("-", 3)[2];
    }
}
