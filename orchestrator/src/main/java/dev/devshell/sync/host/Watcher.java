package dev.devshell.sync.host;

import java.io.IOException;
import java.nio.file.Path;

/** Tells what happens in single directories; when it loses something, it says so. */
interface Watcher extends AutoCloseable {
    /**
     * Watches a directory; may be called from any thread.
     *
     * @return a number that stays the same for as long as it is the same directory
     * @throws DiskException {@code LIMIT} when there can be no more watches, {@code ABSENT}, {@code NOT_DIRECTORY}
     */
    int watch(Path directory) throws IOException;

    void unwatch(int watch);

    /** Whether an event comes after every event of what happened before, in whichever directory. */
    boolean ordered();

    @Override
    void close();

    /** Is told, on the watcher's thread. */
    @FunctionalInterface
    interface Sink {
        void event(int watch, What what, String name);
    }

    /** What happened to a name in a watched directory. */
    enum What {
        /** It is worth a look at once. */
        CHANGED,
        /** The name is new; for a file that is still being written, {@code CHANGED} follows. */
        CREATED,
        /** The file is being written and stays open. */
        MODIFIED,
        /** The directory is no longer watched. */
        GONE,
        /** The directory itself moved. */
        MOVED,
        /** Events were lost, in any directory. */
        OVERFLOW,
        /** A name that is not UTF-8 had an event. */
        BAD_NAME
    }
}
