package dev.devshell.junit;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/** What is put back at the end of a test, or of a class for what no test did. */
final class Scope implements CloseableResource, AutoCloseable {
    /** For handles that edit nothing. */
    static final Scope NONE = new Scope();

    /** A handle may be older than the test that uses it, and a test runs on one thread. */
    private static final ThreadLocal<Scope> CURRENT = new ThreadLocal<>();

    private final Deque<Edit> edits = new ArrayDeque<>();
    private final Set<Path> edited = new HashSet<>();
    private @Nullable Witness witness;

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
        edited.add(edit.path());
    }

    /** Returns the files that were edited here, whether or not they are put back. */
    synchronized Set<Path> edited() {
        return Set.copyOf(edited);
    }

    synchronized void watchedBy(Witness given) {
        witness = given;
    }

    synchronized Optional<Witness> witness() {
        return Optional.ofNullable(witness);
    }

    @Override
    public synchronized void close() {
        while (!edits.isEmpty()) {
            edits.pop().putBack();
        }
    }
}
