package dev.devshell.watch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What has happened since the last run, and has to be answered by the next. */
final class Pending {
    /** What a person asked for. */
    enum Asked {
        NOTHING,
        FAILED,
        ALL
    }

    private final Set<Path> sources = new LinkedHashSet<>();
    private final Set<Path> synced = new LinkedHashSet<>();
    private final Set<String> services = new LinkedHashSet<>();
    private boolean build;
    private Asked asked = Asked.NOTHING;
    private long savedMillis;

    void source(Path file, long millis) {
        sources.add(file);
        savedMillis = Math.max(savedMillis, millis);
    }

    void build(Path file, long millis) {
        build = true;
        source(file, millis);
    }

    void synced(Collection<Path> files, Collection<String> reached, long millis) {
        synced.addAll(files);
        services.addAll(reached);
        savedMillis = Math.max(savedMillis, millis);
    }

    void ask(Asked what) {
        asked = what;
        savedMillis = System.currentTimeMillis();
    }

    boolean isEmpty() {
        return sources.isEmpty() && synced.isEmpty() && asked == Asked.NOTHING;
    }

    boolean build() {
        return build;
    }

    Asked asked() {
        return asked;
    }

    Set<Path> sources() {
        return sources;
    }

    Set<String> services() {
        return services;
    }

    long savedMillis() {
        return savedMillis;
    }

    List<Path> files() {
        List<Path> all = new ArrayList<>(sources);
        all.addAll(synced);
        return all;
    }

    /** Takes over what a run that was cancelled had to answer. */
    void addAll(Pending other) {
        synced.addAll(other.synced);
        services.addAll(other.services);
        if (other.asked.compareTo(asked) > 0) {
            asked = other.asked;
        }
    }
}
