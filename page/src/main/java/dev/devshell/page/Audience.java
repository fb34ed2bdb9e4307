package dev.devshell.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The browser windows that listen: a bounded number. */
final class Audience {
    static final int MOST = 8;

    private final List<Listener> listeners = new ArrayList<>();
    private boolean closed;

    /** Lets one more in; nothing where there are enough. */
    synchronized Optional<Listener> join() {
        if (closed || listeners.size() >= MOST) {
            return Optional.empty();
        }
        Listener listener = new Listener();
        listeners.add(listener);
        return Optional.of(listener);
    }

    synchronized void leave(Listener listener) {
        listeners.remove(listener);
    }

    synchronized boolean isEmpty() {
        return listeners.isEmpty();
    }

    synchronized void tell(Message message) {
        listeners.forEach(listener -> listener.tell(message));
    }

    synchronized void close() {
        closed = true;
        listeners.forEach(Listener::close);
    }
}
