package dev.devshell.repl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a stream of this process is a terminal. */
final class Tty {
    static final int IN = 0;
    static final int OUT = 1;
    static final int ERR = 2;

    private Tty() {}

    @SuppressWarnings("SystemConsoleNull") // only where there is no /proc
    static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        if (!Files.exists(Path.of("/proc/self/fd"))) {
            // Answers for input and output together; all that plain Java has elsewhere.
            return System.console() != null;
        }
        try {
            String target = Files.readSymbolicLink(link).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            // A closed stream is none.
            return false;
        }
    }
}
