package dev.devshell.sync.host;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which watch is which directory's, and which directories have none because the limit is reached. */
final class Watches {
    private final Watcher watcher;
    private final Map<Integer, String> paths = new HashMap<>();
    private final Set<String> unwatched = new TreeSet<>();
    private volatile int watched;
    private volatile int polled;

    Watches(Watcher watcher) {
        this.watcher = watcher;
    }

    void set(String path, int watch) {
        if (watch == Folder.UNWATCHED) {
            unwatched.add(path);
        } else {
            paths.put(watch, path);
            unwatched.remove(path);
        }
        count();
    }

    private void count() {
        watched = paths.size();
        polled = unwatched.size();
    }

    /** Returns how many directories have a watch; from any thread, as {@link #polled}. */
    int watched() {
        return watched;
    }

    int polled() {
        return polled;
    }

    @Nullable
    String path(int watch) {
        return paths.get(watch);
    }

    /** Notes that the system has dropped a watch. */
    void dropped(int watch) {
        paths.remove(watch);
        count();
    }

    /** Ends the watch of a directory that is gone, unless it watches that directory under another path by now. */
    void remove(String path, int watch) {
        unwatched.remove(path);
        if (paths.remove(watch, path)) {
            watcher.unwatch(watch);
        }
        count();
    }

    boolean complete() {
        return unwatched.isEmpty();
    }

    List<String> unwatched() {
        return List.copyOf(unwatched);
    }
}
