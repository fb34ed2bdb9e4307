package dev.devshell.sync.host;

import dev.devshell.sync.host.HostListener.ProblemCode;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What a walk found; filled by several threads, then read by the tree's. */
final class Scan {
    final Queue<Watched> watched = new ConcurrentLinkedQueue<>();
    final Queue<Problem> problems = new ConcurrentLinkedQueue<>();
    /** Files to be read later, off the tree's thread. */
    final Queue<String> large = new ConcurrentLinkedQueue<>();
    /** Files that kept changing while they were read. */
    final Queue<String> unsettled = new ConcurrentLinkedQueue<>();
    /** New files with nothing in them yet. */
    final Queue<String> empty = new ConcurrentLinkedQueue<>();
    /** Directories that the disk, or the lack of something, kept from being read: no event tells when that has passed. */
    final Queue<String> failing = new ConcurrentLinkedQueue<>();
    /** Files that a crash left. */
    final Queue<String> stale = new ConcurrentLinkedQueue<>();

    final Map<String, byte[]> contents = new ConcurrentHashMap<>();
    /** What was walked; null when it is not there any more. */
    @Nullable
    Entry entry;

    private final AtomicLong room;

    Scan(long contentRoom) {
        room = new AtomicLong(contentRoom);
    }

    /** Keeps a content for the listeners, while there is room. */
    void content(String path, byte @Nullable [] content) {
        if (content != null && room.addAndGet(-content.length) >= 0) {
            contents.put(path, content);
        }
    }

    /** A directory and its watch, {@link Folder#UNWATCHED} when the limit is reached. */
    record Watched(String path, int watch) {}

    record Problem(String path, ProblemCode code, String message) {}
}
