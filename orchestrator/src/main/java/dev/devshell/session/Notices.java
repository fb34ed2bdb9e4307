package dev.devshell.session;

import dev.devshell.DevshellException;
import dev.devshell.Notice;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** What a session says on its own: keeps what stands, and tells everybody who follows. */
final class Notices {
    /** By what each is about, in the order they came. */
    private final Map<String, Notice> standing = new LinkedHashMap<>();

    /** One queue a follower; an empty element is the end. */
    private final Set<BlockingQueue<Optional<Notice>>> followers = new LinkedHashSet<>();

    private boolean closed;

    /** Says something that is so from now on; who follows hears it once. */
    synchronized void stands(String about, Notice notice) {
        if (!notice.equals(standing.put(about, notice))) {
            tell(notice);
        }
    }

    /** Says more of something that stands already, which nobody has to hear again. */
    synchronized void revise(String about, Notice notice) {
        standing.replace(about, notice);
    }

    /** It is not so any more. */
    synchronized void gone(String about) {
        standing.remove(about);
    }

    /** Says something that has happened. */
    synchronized void tell(Notice notice) {
        followers.forEach(queue -> queue.add(Optional.of(notice)));
    }

    synchronized List<Notice> standing() {
        return List.copyOf(standing.values());
    }

    /** Tells what stands and then what happens, until the end. */
    void follow(Consumer<Notice> listener) {
        BlockingQueue<Optional<Notice>> queue = join();
        try {
            for (Optional<Notice> next = queue.take(); next.isPresent(); next = queue.take()) {
                listener.accept(next.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevshellException.Interrupted("interrupted");
        } finally {
            leave(queue);
        }
    }

    private synchronized BlockingQueue<Optional<Notice>> join() {
        BlockingQueue<Optional<Notice>> queue = new LinkedBlockingQueue<>();
        standing.values().forEach(notice -> queue.add(Optional.of(notice)));
        if (closed) {
            queue.add(Optional.empty());
        }
        followers.add(queue);
        return queue;
    }

    private synchronized void leave(BlockingQueue<Optional<Notice>> queue) {
        followers.remove(queue);
    }

    /** Lets every follower go. */
    synchronized void close() {
        closed = true;
        followers.forEach(queue -> queue.add(Optional.empty()));
    }
}
