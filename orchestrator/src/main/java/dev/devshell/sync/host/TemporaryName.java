package dev.devshell.sync.host;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names of files that a write is about to move into place: {@code .devshell-tmp-PID-NUMBER-NAME}.
 *
 * <p>They do not exist for the sync. One whose process is gone, or which this process knows nothing of, was left by a crash; its name says where it belongs. In
 * a container every devshell may have the same process number.
 */
final class TemporaryName {
    static final String PREFIX = ".devshell-tmp-";

    private static final long PID = ProcessHandle.current().pid();
    private static final AtomicLong NUMBER = new AtomicLong();
    private static final Set<String> UNDER_WAY = ConcurrentHashMap.newKeySet();
    private static final int NAME_BYTES = 255;

    private TemporaryName() {}

    /** Makes a name, which is this process's until it is {@linkplain #release released}. */
    static String next(String name) {
        String start = PREFIX + PID + '-' + NUMBER.incrementAndGet() + '-';
        int end = name.length();
        while (name.substring(0, end).getBytes(StandardCharsets.UTF_8).length > NAME_BYTES - start.length()
                || (end > 0 && Character.isHighSurrogate(name.charAt(end - 1)))) {
            end--;
        }
        String next = start + name.substring(0, end);
        UNDER_WAY.add(next);
        return next;
    }

    /** What has the name now was left behind. */
    static void release(String name) {
        UNDER_WAY.remove(name);
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

    /** Whether nobody is going to move this file into place any more. */
    static boolean stale(String name) {
        OptionalLong pid = pid(name);
        if (pid.isEmpty()) {
            return false;
        }
        return pid.getAsLong() == PID
                ? !UNDER_WAY.contains(name)
                : ProcessHandle.of(pid.getAsLong()).isEmpty();
    }

    /** Returns the name that a stale file was made for, cut where it was too long. */
    static String original(String name) {
        return name.substring(PREFIX.length()).split("-", 3)[2];
    }
}
