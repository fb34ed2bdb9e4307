package dev.devshell.junit;

import dev.devshell.DevshellException;
import dev.devshell.compose.LogOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Follows a service's log until a line has a pattern in it. */
final class LogSearch {
    private static final int PAUSE_MILLIS = 200;

    private final OpenProject project;
    private final String service;
    private final Pattern pattern;

    LogSearch(OpenProject project, String service, Pattern pattern) {
        this.project = project;
        this.service = service;
        this.pattern = pattern;
    }

    /** Returns whether the line was there, or came in time. */
    boolean found(Instant since, Duration timeout) {
        CountDownLatch seen = new CountDownLatch(1);
        Thread follower = new Thread(() -> follow(since, seen), "devshell-log-search-" + service);
        follower.setDaemon(true);
        follower.start();
        try {
            return seen.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevshellException.Interrupted("interrupted while a log was read");
        } finally {
            follower.interrupt();
        }
    }

    /** Compose stops following when no container is left to follow; one may come. */
    private void follow(Instant since, CountDownLatch seen) {
        Optional<String> from = since.equals(Instant.EPOCH) ? Optional.empty() : Optional.of(since.toString());
        LogOptions options = new LogOptions(true, false, from, Optional.empty(), List.of(service));
        try {
            while (seen.getCount() > 0) {
                project.logs(options, line -> {
                    if (pattern.matcher(line.text()).find()) {
                        seen.countDown();
                    }
                });
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException | DevshellException.Interrupted e) {
            Thread.currentThread().interrupt();
        }
    }
}
