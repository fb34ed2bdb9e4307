package dev.devshell.sync;

import dev.devshell.SyncStatus;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** How one replica stands: where it is in its life, which paths are left alone and why, and which wait for a person. The session's loop owns it. */
final class Standing {
    private final NavigableMap<String, String> problems = new TreeMap<>();
    private final NavigableSet<String> asking = new TreeSet<>();
    private SyncStatus.State state = SyncStatus.State.CONNECTING;
    private String detail = "";
    private boolean wasReady;

    SyncStatus.State state() {
        return state;
    }

    /** Returns what a person should know besides; may be empty. */
    String detail() {
        return detail;
    }

    void becomes(SyncStatus.State newState, String newDetail) {
        state = newState;
        detail = newDetail;
    }

    /** The stream to the agent is not there. */
    void loses(String why) {
        becomes(wasReady ? SyncStatus.State.RECONNECTING : SyncStatus.State.CONNECTING, why);
    }

    /** Nothing is left to do. */
    void ready() {
        wasReady = true;
        if (state != SyncStatus.State.READY) {
            becomes(SyncStatus.State.READY, "");
        }
    }

    boolean hasFailed() {
        return state == SyncStatus.State.FAILED;
    }

    void problem(String path, String message) {
        problems.put(path, message);
    }

    /** Notes a problem unless a closer look has named another one. */
    void problemUnlessKnown(String path, String message) {
        problems.putIfAbsent(path, message);
    }

    void solved(String path) {
        problems.remove(path);
    }

    NavigableMap<String, String> problems() {
        return Collections.unmodifiableNavigableMap(problems);
    }

    void asks(String path) {
        asking.add(path);
    }

    void asksNoMore(String path) {
        asking.remove(path);
    }

    NavigableSet<String> asking() {
        return Collections.unmodifiableNavigableSet(asking);
    }
}
