package dev.devshell.sync;

import dev.devshell.SyncStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** How one replica stands: where it is in its life, which paths are left alone and why, and which wait for a person. The session's loop owns it. */
final class Standing {
    private static final int MOST_ERRORS = 10;

    private final NavigableMap<String, String> problems = new TreeMap<>();
    private final NavigableMap<String, String> blocked = new TreeMap<>();
    private final NavigableSet<String> asking = new TreeSet<>();
    private final Deque<SyncStatus.Failure> errors = new ArrayDeque<>();
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

    /** Something went wrong, whether or not it is put right later. */
    void erred(String message) {
        SyncStatus.Failure newest = errors.peek();
        if (newest != null && newest.message().equals(message)) {
            errors.pop();
        } else if (errors.size() == MOST_ERRORS) {
            errors.removeLast();
        }
        errors.push(new SyncStatus.Failure(
                Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(), message));
    }

    /** Returns what went wrong last, the newest first. */
    List<SyncStatus.Failure> errors() {
        return List.copyOf(errors);
    }

    /** The stream to the agent is not there. */
    void loses(String why) {
        erred(why);
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
        if (!message.equals(problems.put(path, message))) {
            erred(path + ": " + message);
        }
    }

    /** The path was decided to be left alone, until it is decided again; a problem that a closer look has named is what people are told. */
    void blocks(String path, String message) {
        blocked.put(path, message);
    }

    /** Returns what is left alone below the path. */
    List<String> blockedBelow(String path) {
        return blocked.isEmpty()
                ? List.of()
                : List.copyOf(blocked.subMap(path + "/", path + "0").keySet());
    }

    /** Returns how many paths have problems of their own. */
    int named() {
        return problems.size();
    }

    void solved(String path) {
        problems.remove(path);
    }

    /** Nothing is below the path any more, so that nothing there can be wrong either. */
    void solvedBelow(String path) {
        if (!problems.isEmpty()) {
            problems.subMap(path + "/", path + "0").clear(); // '0' follows '/'
        }
    }

    NavigableMap<String, String> problems() {
        NavigableMap<String, String> all = new TreeMap<>(blocked);
        all.putAll(problems);
        return all;
    }

    void asks(String path) {
        asking.add(path);
    }

    /** What the last decision said of the path is over. */
    void decidesAnew(String path) {
        asking.remove(path);
        blocked.remove(path);
    }

    NavigableSet<String> asking() {
        return Collections.unmodifiableNavigableSet(asking);
    }
}
