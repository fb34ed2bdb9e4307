package dev.devshell.sync.history;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Predicate;

/** Draws the names of versions, so short that a person can type them. For one thread at a time. */
final class Ids {
    private static final int BYTES = 4;

    private final SecureRandom random = new SecureRandom();
    /** Drawn for many names at once: each time costs a system call. */
    private final byte[] drawn = new byte[64 * BYTES];

    private int used = drawn.length;

    /** Returns a name that is not taken. */
    String next(Predicate<String> taken) {
        String id;
        do {
            if (used == drawn.length) {
                random.nextBytes(drawn);
                used = 0;
            }
            id = HexFormat.of().formatHex(drawn, used, used + BYTES);
            used += BYTES;
        } while (taken.test(id));
        return id;
    }
}
