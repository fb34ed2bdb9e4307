package dev.devshell.page;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One browser window that listens: what it was not sent yet, within bounds; what does not fit is dropped and counted. */
final class Listener {
    static final int MOST_MESSAGES = 1000;
    static final int MOST_CHARS = 4 << 20;

    private final Map<String, Message> states = new LinkedHashMap<>();
    private final Deque<Message> events = new ArrayDeque<>();
    private int chars;
    private long dropped;
    private boolean closed;

    synchronized void tell(Message message) {
        if (message.whole()) {
            states.put(message.kind(), message);
        } else if (events.size() >= MOST_MESSAGES || chars + message.json().length() > MOST_CHARS) {
            dropped += message.weight();
        } else {
            events.add(message);
            chars += message.json().length();
        }
        notifyAll();
    }

    /** Returns what there is to be sent, after at most so long; nothing when that has passed, or when it is closed. */
    synchronized List<Message> take(long millis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (isEmpty() && !closed) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return List.of();
            }
            wait(left);
        }
        List<Message> taken = new ArrayList<>(states.values());
        taken.addAll(events);
        if (dropped > 0) {
            taken.add(Message.event("dropped", PageJson.object("lines", dropped)));
        }
        states.clear();
        events.clear();
        chars = 0;
        dropped = 0;
        return taken;
    }

    private boolean isEmpty() {
        return states.isEmpty() && events.isEmpty() && dropped == 0;
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized boolean isClosed() {
        return closed;
    }
}
