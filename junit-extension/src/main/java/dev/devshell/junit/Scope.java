package dev.devshell.junit;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/** What is put back at the end of a test, or of a class for what no test did. */
final class Scope implements CloseableResource, AutoCloseable {
    /** For handles that edit nothing. */
    static final Scope NONE = new Scope();

    /** A handle may be older than the test that uses it, and a test runs on one thread. */
    private static final ThreadLocal<Scope> CURRENT = new ThreadLocal<>();

    private final Deque<Edit> edits = new ArrayDeque<>();

    /** Makes this the scope of what is edited on this thread. */
    void enter() {
        CURRENT.set(this);
    }

    static void leave() {
        CURRENT.remove();
    }

    /** Takes note of an edit: for the test that runs on this thread, else for this scope. */
    Edit noted(Edit edit) {
        Scope test = CURRENT.get();
        (test == null ? this : test).add(edit);
        return edit;
    }

    private synchronized void add(Edit edit) {
        edits.push(edit);
    }

    @Override
    public synchronized void close() {
        while (!edits.isEmpty()) {
            edits.pop().putBack();
        }
    }
}
