package dev.devshell.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The user that this process runs as. */
final class User {
    private User() {}

    /** Returns the numeric user id. */
    static Object id() {
        try {
            Path self = Path.of("/proc/self");
            // Where there is no /proc, the home directory is the best that plain Java offers.
            Path own = Files.exists(self) ? self : Path.of(System.getProperty("user.home"));
            return Files.getAttribute(own, "unix:uid");
        } catch (IOException e) {
            throw new UncheckedIOException("asking for the own user id", e);
        }
    }
}
