package dev.devshell.repl;

import dev.devshell.Progress;
import dev.devshell.Service;
import dev.devshell.SyncStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a boot is at, in a line a service: what Compose and its builds print, and how containers and sync do, put together. A service that is ready
 * leaves the board with a last line. May be used from any thread.
 */
final class BootBoard implements Progress {
    /** As BuildKit's plain progress has them: whose it is where several are built, the step of how many, the instruction. */
    private static final Pattern STEP = Pattern.compile("#\\d+ \\[(?:([\\w.-]+) )?(?:[\\w.-]+ )?(\\d+/\\d+)\\] (.*)");

    private static final Pattern EXPORT = Pattern.compile("#\\d+ (?:\\[([\\w.-]+)\\] )?exporting to image");
    private static final Pattern PULL = Pattern.compile("\\s*([\\w.-]+) (Pulling|Pulled)");
    private static final Pattern CONTAINER = Pattern.compile("\\s*Container (\\S+)  (\\w+)");

    /** What Compose says of a container that it need not start any more. */
    private static final Set<String> UP = Set.of("started", "running", "healthy", "exited");

    private static final Set<Service.Condition> DONE =
            EnumSet.of(Service.Condition.RUNNING, Service.Condition.HEALTHY, Service.Condition.EXITED);

    private final String project;
    private final LongSupplier nanos;
    private final long start;
    /** What each service that is not ready is at, as Compose last said. */
    private final Map<String, String> at = new TreeMap<>();

    private final int width;

    BootBoard(String project, Collection<String> services, LongSupplier nanos) {
        this.project = project;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
        services.forEach(service -> at.put(service, "waiting"));
        this.width = services.stream().mapToInt(String::length).max().orElse(0);
    }

    @Override
    public synchronized void tell(String line) {
        Matcher step = STEP.matcher(line);
        Matcher export = EXPORT.matcher(line);
        Matcher pull = PULL.matcher(line);
        Matcher container = CONTAINER.matcher(line);
        if (step.matches()) {
            built(step.group(1), "building " + step.group(2) + "  " + step.group(3));
        } else if (export.matches()) {
            built(export.group(1), "building, writing the image");
        } else if (pull.matches()) {
            put(pull.group(1), pull.group(2).equals("Pulling") ? "pulling its image" : "waiting");
        } else if (container.matches()) {
            service(container.group(1)).ifPresent(service -> put(service, said(container.group(2))));
        }
    }

    /** Compose waits for what it has started. */
    private static String said(String word) {
        return word.equals("Waiting") ? "started" : word.toLowerCase(Locale.ROOT);
    }

    /** With one image to build, BuildKit does not say whose it is. */
    private void built(@Nullable String service, String what) {
        if (service == null || !at.containsKey(service)) {
            if (at.size() == 1) {
                at.replaceAll((only, old) -> what);
            }
            return;
        }
        put(service, what);
    }

    private void put(String service, String what) {
        at.replace(service, what);
    }

    private Optional<String> service(String container) {
        String prefix = project + "-";
        int end = container.lastIndexOf('-');
        return container.startsWith(prefix) && end > prefix.length()
                ? Optional.of(container.substring(prefix.length(), end))
                : Optional.empty();
    }

    /**
     * Takes off what is ready.
     *
     * @param printer takes a last line of each
     */
    synchronized void settle(List<Service> services, Optional<SyncStatus> sync, Consumer<String> printer) {
        for (Service service : services) {
            String said = at.getOrDefault(service.name(), "");
            boolean inSync = replicas(sync, service.name()).stream().allMatch(BootBoard::isThere);
            if (UP.contains(said) && DONE.contains(service.condition()) && inSync) {
                printer.accept(last(service.name(), word(service.condition())));
                at.remove(service.name());
            }
        }
    }

    /**
     * Takes off what is left, at the end of a boot that went well.
     *
     * @param printer takes a last line of each
     */
    synchronized void finish(Consumer<String> printer) {
        at.forEach((name, what) -> printer.accept(last(name, "up")));
        at.clear();
    }

    /** Takes everything off. */
    synchronized void clear() {
        at.clear();
    }

    private String last(String name, String word) {
        return "  " + padded(name) + "  " + word + " after " + age();
    }

    /** Returns a line for each service that is not ready, in the order of their names. */
    synchronized List<String> lines(List<Service> services, Optional<SyncStatus> sync) {
        List<String> lines = new ArrayList<>();
        at.forEach((name, what) -> {
            Optional<Service> service =
                    services.stream().filter(one -> one.name().equals(name)).findFirst();
            lines.add("  " + padded(name) + "  " + now(what, service, replicas(sync, name)) + "  " + age());
        });
        return lines;
    }

    /** Returns whether a service is still on its way. */
    synchronized boolean has(String service) {
        return at.containsKey(service);
    }

    private static String now(String said, Optional<Service> service, List<SyncStatus.Replica> replicas) {
        int waiting = replicas.stream().mapToInt(SyncStatus.Replica::waiting).sum();
        if (waiting > 0) {
            return "syncing, " + String.format(Locale.ROOT, "%,d", waiting) + " paths to go";
        }
        if (service.isPresent() && service.get().condition() == Service.Condition.STARTING) {
            return "started, not healthy yet";
        }
        boolean blocked = said.equals("waiting") || said.equals("created");
        if (blocked && service.isPresent() && !service.get().waitsFor().isEmpty()) {
            return "waits for " + String.join(", ", service.get().waitsFor());
        }
        return said;
    }

    private static List<SyncStatus.Replica> replicas(Optional<SyncStatus> sync, String service) {
        return sync.stream()
                .flatMap(status -> status.replicas().stream())
                .filter(replica -> replica.service().equals(service))
                .toList();
    }

    private static boolean isThere(SyncStatus.Replica replica) {
        return replica.state() == SyncStatus.State.READY && replica.waiting() == 0;
    }

    private static String word(Service.Condition condition) {
        return condition.name().toLowerCase(Locale.ROOT);
    }

    private String padded(String name) {
        return name + " ".repeat(Math.max(0, width - name.length()));
    }

    private String age() {
        return String.format(Locale.ROOT, "%.1f s", (nanos.getAsLong() - start) / 1e9);
    }
}
