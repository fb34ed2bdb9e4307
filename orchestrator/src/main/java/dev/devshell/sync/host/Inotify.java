package dev.devshell.sync.host;

import static dev.devshell.sync.host.LibC.check;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Linux's own events (inotify(7)): the only ones that tell when a writer has closed a file.
 *
 * <p>A thread does nothing but empty the kernel's queue, so that it overflows as late as possible.
 */
final class Inotify implements Watcher {
    private static final Logger LOG = LoggerFactory.getLogger(Inotify.class);

    private static final int MODIFY = 0x2;
    private static final int ATTRIB = 0x4;
    private static final int CLOSE_WRITE = 0x8;
    private static final int MOVED_FROM = 0x40;
    private static final int MOVED_TO = 0x80;
    private static final int CREATE = 0x100;
    private static final int DELETE = 0x200;
    private static final int DELETE_SELF = 0x400;
    private static final int MOVE_SELF = 0x800;
    private static final int Q_OVERFLOW = 0x4000;
    private static final int IGNORED = 0x8000;
    private static final int ONLY_DIRECTORIES = 0x0100_0000;
    private static final int DONT_FOLLOW = 0x0200_0000;
    /** Nothing of files that are open but have no name any more. */
    private static final int EXCLUDE_UNLINKED = 0x0400_0000;

    private static final int WATCHED = MODIFY
            | ATTRIB
            | CLOSE_WRITE
            | MOVED_FROM
            | MOVED_TO
            | CREATE
            | DELETE
            | DELETE_SELF
            | MOVE_SELF
            | ONLY_DIRECTORIES
            | EXCLUDE_UNLINKED;

    private static final int POLLIN = 1;

    private final int fd;
    private final int wakeRead;
    private final int wakeWrite;
    private final Sink sink;
    private final Thread thread;
    private final Path root;

    /** Starts watching; {@code root} is the one directory whose own path may hold links. */
    Inotify(Path root, Sink sink) throws IOException {
        this.root = root;
        this.sink = sink;
        fd = check(LibC.inotify_init1(LibC.O_CLOEXEC | LibC.O_NONBLOCK), "inotify_init1");
        Scratch scratch = Scratch.get();
        check(LibC.pipe2(scratch.address, LibC.O_CLOEXEC), "pipe");
        wakeRead = scratch.buffer.getInt(0);
        wakeWrite = scratch.buffer.getInt(4);
        thread = new Thread(this::drain, "devshell-inotify");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public int watch(Path directory) throws IOException {
        int mask = directory.equals(root) ? WATCHED : WATCHED | DONT_FOLLOW;
        int watch = LibC.inotify_add_watch(fd, Scratch.path(directory.toString()), mask);
        if (watch < 0 && Native.getLastError() == LibC.ENOSPC) {
            throw new DiskException(DiskException.Kind.LIMIT, directory + ": the limit of inotify watches is reached");
        }
        return check(watch, directory.toString());
    }

    @Override
    public void unwatch(int watch) {
        // fails when the kernel dropped the watch first, with the directory: that is what was wanted
        LibC.inotify_rm_watch(fd, watch);
    }

    @Override
    public boolean ordered() {
        return true;
    }

    private void drain() {
        Scratch scratch = Scratch.get();
        Memory polled = new Memory(16);
        try {
            while (awaitReadable(polled)) {
                long length = LibC.read(fd, scratch.address, Scratch.SIZE);
                tell(scratch, (int) Math.max(0, length));
            }
        } catch (IOException e) {
            LOG.error("Unable to read events of the file system", e);
            sink.event(0, What.OVERFLOW, "");
        } finally {
            LibC.close(fd);
            LibC.close(wakeRead);
        }
    }

    /** Waits for events; false when it is time to end. */
    private boolean awaitReadable(Memory polled) throws IOException {
        polled.setInt(0, fd);
        polled.setInt(4, POLLIN);
        polled.setInt(8, wakeRead);
        polled.setInt(12, POLLIN);
        int ready = LibC.poll(Pointer.nativeValue(polled), 2, -1);
        if (ready < 0 && Native.getLastError() != LibC.EINTR) {
            check(ready, "poll");
        }
        return polled.getShort(14) == 0;
    }

    private void tell(Scratch scratch, int length) {
        int size;
        for (int at = 0; at < length; at += size) {
            int mask = scratch.buffer.getInt(at + 4);
            size = 16 + scratch.buffer.getInt(at + 12);
            String name = scratch.name(at + 16, at + size);
            if (name == null) {
                sink.event(scratch.buffer.getInt(at), What.BAD_NAME, scratch.shown(at + 16, at + size));
            } else {
                tell(scratch.buffer.getInt(at), mask, name);
            }
        }
    }

    private void tell(int watch, int mask, String name) {
        if ((mask & Q_OVERFLOW) != 0) {
            sink.event(watch, What.OVERFLOW, "");
        } else if ((mask & (IGNORED | DELETE_SELF)) != 0) {
            sink.event(watch, What.GONE, "");
        } else if ((mask & MOVE_SELF) != 0) {
            sink.event(watch, What.MOVED, "");
        } else if (!name.isEmpty()) {
            sink.event(watch, what(mask), name);
        }
    }

    private static What what(int mask) {
        if ((mask & (ATTRIB | CLOSE_WRITE | MOVED_FROM | MOVED_TO | DELETE)) != 0) {
            return What.CHANGED;
        }
        return (mask & CREATE) != 0 ? What.CREATED : What.MODIFIED;
    }

    @Override
    public void close() {
        LibC.close(wakeWrite);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
