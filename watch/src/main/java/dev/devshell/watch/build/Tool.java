package dev.devshell.watch.build;

import dev.devshell.DevshellException;
import dev.devshell.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A build tool's program, run to its end. */
final class Tool {
    private static final int LINES_KEPT = 60;

    private final Path directory;
    private final String name;

    Tool(Path directory, String name) {
        this.directory = directory;
        this.name = name;
    }

    /**
     * Runs it.
     *
     * @throws DevshellException.Failed {@code BUILD-FAILED} with what it printed last
     */
    void run(List<String> command, Progress progress) {
        Deque<String> last = new ArrayDeque<>();
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                    .start();
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    progress.tell(line);
                    last.add(line);
                    if (last.size() > LINES_KEPT) {
                        last.remove();
                    }
                }
            }
            int code = waitFor(process);
            if (code != 0) {
                throw failed(name + " ended with " + code + ":\n" + String.join("\n", last), null);
            }
        } catch (IOException e) {
            throw failed(String.valueOf(e.getMessage()), e);
        }
    }

    private static int waitFor(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new DevshellException.Interrupted("interrupted");
        }
    }

    private DevshellException failed(String why, @org.jspecify.annotations.Nullable Throwable cause) {
        return new DevshellException.Failed(
                "BUILD-FAILED", "the tests cannot be compiled", why, "mend it; saving a file tries again", cause);
    }
}
