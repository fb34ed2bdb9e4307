package dev.devshell.repl;

import dev.devshell.DevshellException;
import dev.devshell.compose.LogOptions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Prints the logs of services.
 *
 * <p>Compose ends when no container is left to follow; the follower begins again after the last line that it saw.
 */
final class LogFollower {
    private static final int PAUSE_MILLIS = 500;

    private final Workspace workspace;
    private final Output output;
    private final Optional<Pattern> grep;
    private String last = "";

    LogFollower(Workspace workspace, Output output, Optional<Pattern> grep) {
        this.workspace = workspace;
        this.output = output;
        this.grep = grep;
    }

    /** Prints what there is. */
    void print(List<String> services, Optional<String> since) {
        read(false, since, services);
    }

    /** Prints what there is and what comes, until the thread is interrupted. */
    void follow(List<String> services, Optional<String> since) {
        Optional<String> from = since;
        while (true) {
            read(true, from, services);
            from = last.isEmpty() ? from : Optional.of(last);
            pause();
        }
    }

    private void read(boolean follow, Optional<String> since, List<String> services) {
        LogOptions options = new LogOptions(follow, true, since, Optional.empty(), services);
        workspace.compose().logs(options, line -> take(LogLine.of(line)));
    }

    private void take(LogLine line) {
        // Compose takes the instant of --since in; what was shown is not shown again.
        if (line.source().isEmpty() || (!line.time().isEmpty() && line.time().equals(last))) {
            return;
        }
        if (line.time().compareTo(last) > 0) {
            last = line.time();
        }
        if (grep.isEmpty() || grep.get().matcher(line.text()).find()) {
            output.logLine(line);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevshellException.Interrupted("interrupted");
        }
    }
}
