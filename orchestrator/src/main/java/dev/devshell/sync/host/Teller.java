package dev.devshell.sync.host;

import dev.devshell.sync.host.HostListener.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gathers changes on the tree's thread and tells them to the listeners. */
final class Teller {
    private static final Logger LOG = LoggerFactory.getLogger(Teller.class);

    private final List<HostListener> listeners = new CopyOnWriteArrayList<>();
    private List<HostChange> changes = new ArrayList<>();
    private boolean begun;

    void subscribe(HostListener listener) {
        listeners.add(listener);
    }

    void unsubscribe(HostListener listener) {
        listeners.remove(listener);
    }

    boolean heard() {
        return begun && !listeners.isEmpty();
    }

    /** Everything was looked at once: changes are told from now on. Of what stood there at first, the tree tells who asks. */
    void begin() {
        begun = true;
    }

    void add(String path, HostEntry entry, byte @Nullable [] content) {
        if (heard()) {
            changes.add(new HostChange(path, entry, content));
        }
    }

    /** Tells what was gathered. */
    void flush() {
        flush(HostListener::changed);
    }

    /** Tells what was gathered while the tree itself wrote. */
    void flushWritten() {
        flush(HostListener::written);
    }

    private void flush(BiConsumer<HostListener, List<HostChange>> telling) {
        if (!changes.isEmpty()) {
            List<HostChange> batch = List.copyOf(changes);
            changes = new ArrayList<>();
            each(l -> telling.accept(l, batch));
        }
    }

    void ignored(String path) {
        each(l -> l.ignored(path));
    }

    void problem(String path, ProblemCode code, String message) {
        LOG.debug("{}: {} {}", path, code, message);
        flush();
        each(l -> l.problem(path, code, message));
    }

    void solved(String path) {
        flush();
        each(l -> l.solved(path));
    }

    void rescanned(String why) {
        flush();
        each(l -> l.rescanned(why));
    }

    private void each(Consumer<HostListener> telling) {
        for (HostListener listener : listeners) {
            try {
                telling.accept(listener);
            } catch (RuntimeException e) {
                // one listener that fails must not keep the others from hearing
                LOG.error("A listener of the host's tree failed", e);
            }
        }
    }
}
