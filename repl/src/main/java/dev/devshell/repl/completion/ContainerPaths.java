package dev.devshell.repl.completion;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jline.reader.Candidate;

/** Paths in containers. A directory is listed behind what is being typed: a list that does not come at once is there at the next Tab. */
public final class ContainerPaths implements Values {
    static final int PATIENCE_MILLIS = 250;
    static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int MOST_DIRECTORIES = 100;

    private final Lister lister;
    private final Executor executor;
    private final LongSupplier clock;
    private final Map<Directory, Listing> listings = new LinkedHashMap<>();

    /** Lists a directory of a service's container. */
    @FunctionalInterface
    public interface Lister {
        /**
         * Returns the names in it, those of directories with a slash at the end; none where it cannot be listed.
         *
         * @param directory as it was typed, empty for the one that commands run in
         */
        List<String> names(String service, String directory);
    }

    private record Directory(String service, String path) {}

    private record Listing(CompletableFuture<List<String>> names, long since) {}

    public ContainerPaths(Lister lister, Executor executor) {
        this(lister, executor, System::nanoTime);
    }

    ContainerPaths(Lister lister, Executor executor, LongSupplier clock) {
        this.lister = lister;
        this.executor = executor;
        this.clock = clock;
    }

    /** Completes in the container of the service that was typed first. */
    @Override
    public List<Candidate> of(Asked asked) {
        if (asked.before().isEmpty()) {
            return List.of();
        }
        int slash = asked.word().lastIndexOf('/');
        String before = asked.word().substring(0, slash + 1);
        boolean hidden = asked.word().startsWith(".", slash + 1);
        return names(new Directory(asked.before().get(0), before)).stream()
                .filter(name -> hidden || !name.startsWith("."))
                .map(name -> HostPaths.candidate(before, name))
                .toList();
    }

    private List<String> names(Directory directory) {
        try {
            return listing(directory).names().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private synchronized Listing listing(Directory directory) {
        long now = clock.getAsLong();
        listings.values().removeIf(old -> old.names().isDone() && now - old.since() > FRESH_NANOS);
        if (listings.size() >= MOST_DIRECTORIES) {
            listings.clear();
        }
        return listings.computeIfAbsent(
                directory,
                one -> new Listing(
                        CompletableFuture.supplyAsync(() -> lister.names(one.service(), one.path()), executor), now));
    }
}
