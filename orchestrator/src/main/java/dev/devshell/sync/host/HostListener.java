package dev.devshell.sync.host;

import java.util.List;

/** Is told what happens in a tree: on the tree's thread, in order, so it must not block. */
public interface HostListener {
    /** Paths changed; a new directory comes before what is in it, a deleted one after. */
    void changed(List<HostChange> changes);

    /** The same, of what {@link HostTree#write} changed. */
    default void written(List<HostChange> changes) {
        changed(changes);
    }

    /** Something happened at a path that the tree ignores. */
    default void ignored(String path) {}

    /** The whole tree was looked at again because of {@code why}; what differed was told as changes before. */
    default void rescanned(String why) {}

    /** The path is left alone, or the whole tree ({@code ""}) needs a person; its neighbours go on. */
    default void problem(String path, ProblemCode code, String message) {}

    /** A problem is one no more, and nothing else is told of the path. */
    default void solved(String path) {}

    /** Why something cannot be watched or read. */
    enum ProblemCode {
        UNREADABLE,
        /** The name is not UTF-8; the path shows it with replacement characters. */
        NAME,
        /** The limit of watches is reached: the rest is polled. */
        WATCH_LIMIT,
        /** The root directory is gone; nothing is told until it is back. */
        ROOT_GONE,
        /** The root directory is back; a rescan follows. */
        ROOT_BACK,
        /** An unexpected failure of the file system. */
        IO
    }
}
