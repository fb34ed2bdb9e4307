package dev.devshell.junit;

import dev.devshell.DevshellException;
import dev.devshell.compose.LogLine;
import dev.devshell.compose.LogOptions;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What services have logged since a moment, container by container; of more than enough, the end. */
final class ServiceLogs {
    private static final int KEPT = 5_000;
    private static final int TAIL = 15;

    private final Map<String, Kept> byContainer = new TreeMap<>();
    private String unread = "";

    /** The last lines of one container, and how many there were. */
    private static final class Kept {
        private final Deque<String> lines = new ArrayDeque<>();
        private long all;

        private void add(String line) {
            all++;
            lines.addLast(line);
            if (lines.size() > KEPT) {
                lines.removeFirst();
            }
        }
    }

    static ServiceLogs read(OpenProject project, Collection<String> services, Instant since) {
        ServiceLogs logs = new ServiceLogs();
        try {
            project.logs(
                    new LogOptions(false, true, Optional.of(since.toString()), Optional.empty(), List.copyOf(services)),
                    logs::add);
        } catch (DevshellException e) {
            logs.unread = e.what() + (e.why().isEmpty() ? "" : ": " + e.why());
        }
        return logs;
    }

    private synchronized void add(LogLine line) {
        if (!line.container().isEmpty()) {
            byContainer.computeIfAbsent(line.container(), name -> new Kept()).add(line.text());
        }
    }

    /** Returns why the logs are not complete; empty where they are. */
    synchronized String unread() {
        return unread;
    }

    /** Returns by container what it logged, with the engine's times. */
    synchronized Map<String, List<String>> all() {
        Map<String, List<String>> all = new TreeMap<>();
        byContainer.forEach((name, kept) -> {
            List<String> lines = new ArrayList<>();
            if (kept.all > kept.lines.size()) {
                lines.add("(" + (kept.all - kept.lines.size()) + " lines before these are left out)");
            }
            lines.addAll(kept.lines);
            all.put(name, lines);
        });
        return all;
    }

    /** Returns the end of what each container logged, without times, under a line that says how much there was. */
    synchronized Map<String, List<String>> tails() {
        Map<String, List<String>> tails = new TreeMap<>();
        byContainer.forEach((name, kept) -> {
            List<String> lines = kept.lines.stream()
                    .skip(Math.max(0, kept.lines.size() - TAIL))
                    .map(ServiceLogs::withoutTime)
                    .toList();
            List<String> tail = new ArrayList<>();
            tail.add(name + ", the last " + lines.size() + " of " + kept.all + " lines:");
            lines.forEach(line -> tail.add("  | " + line));
            tails.put(name, tail);
        });
        return tails;
    }

    private static String withoutTime(String line) {
        int space = line.indexOf(' ');
        return space < 0 ? "" : line.substring(space + 1);
    }
}
