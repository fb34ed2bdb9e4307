package dev.devshell.sync.host;

import dev.devshell.sync.core.Node;
import java.util.concurrent.TimeUnit;

/** A name in the snapshot: what it was at the last look, and the signature that saves the next look from reading it. */
sealed class Entry permits Folder {
    /**
     * How old a change must be for the next one to have another time: kernels before 6.13 take file times from a clock that
     * ticks every 1 to 10 ms.
     */
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(20);

    final String name;
    final Node node;
    final short mode;
    final long size;
    final long mtime;
    final long ctime;
    final long inode;
    /** Whether another edit may have left the same signature, so that an event is worth a read. */
    final boolean racy;

    Entry(String name, Node node, Stat stat, boolean racy) {
        this(name, node, stat.mode(), stat.size(), stat.mtime(), stat.ctime(), stat.inode(), racy);
    }

    Entry(String name, Node node, int mode, long size, long mtime, long ctime, long inode, boolean racy) {
        this.name = name;
        this.node = node;
        this.mode = (short) mode;
        this.size = size;
        this.mtime = mtime;
        this.ctime = ctime;
        this.inode = inode;
        this.racy = racy;
    }

    /** An entry that was looked at when the clock showed {@code millis}. */
    static Entry lookedAt(String name, Node node, Stat stat, long millis) {
        return new Entry(name, node, stat, fresh(stat.ctime(), millis));
    }

    static boolean fresh(long time, long millis) {
        return time >= TimeUnit.MILLISECONDS.toNanos(millis) - TICK;
    }

    boolean signedBy(Stat stat) {
        return size == stat.size()
                && mtime == stat.mtime()
                && ctime == stat.ctime()
                && inode == stat.inode()
                && stat.kind() == kind();
    }

    private Stat.Kind kind() {
        if (node instanceof Node.File) {
            return Stat.Kind.FILE;
        } else if (node instanceof Node.Link) {
            return Stat.Kind.LINK;
        }
        return node instanceof Node.Directory ? Stat.Kind.DIRECTORY : Stat.Kind.OTHER;
    }

    HostEntry view() {
        return new HostEntry(node, mode, node instanceof Node.File ? size : 0, mtime);
    }
}
