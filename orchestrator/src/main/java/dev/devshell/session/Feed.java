package dev.devshell.session;

import dev.devshell.DevshellException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** Tells everybody who follows; whoever tells never waits for whoever listens. */
final class Feed<T> {
    /** One queue a follower; an empty element is the end. */
    private final Set<BlockingQueue<Optional<T>>> followers = new LinkedHashSet<>();

    private boolean closed;

    synchronized void tell(T item) {
        followers.forEach(queue -> queue.add(Optional.of(item)));
    }

    /** Returns whether anybody listens. */
    synchronized boolean isFollowed() {
        return !followers.isEmpty();
    }

    synchronized int followers() {
        return followers.size();
    }

    /**
     * Tells what comes, from this thread, until the end.
     *
     * @param queue of {@link #join}
     * @throws DevshellException.Interrupted when this thread is interrupted
     */
    void follow(BlockingQueue<Optional<T>> queue, Consumer<? super T> listener) {
        try {
            for (Optional<T> next = queue.take(); next.isPresent(); next = queue.take()) {
                listener.accept(next.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevshellException.Interrupted("interrupted");
        } finally {
            leave(queue);
        }
    }

    /** Begins to follow: {@code first}, then what is told from now on. */
    synchronized BlockingQueue<Optional<T>> join(List<T> first) {
        BlockingQueue<Optional<T>> queue = new LinkedBlockingQueue<>();
        first.forEach(item -> queue.add(Optional.of(item)));
        if (closed) {
            queue.add(Optional.empty());
        }
        followers.add(queue);
        return queue;
    }

    private synchronized void leave(BlockingQueue<Optional<T>> queue) {
        followers.remove(queue);
    }

    /** Lets every follower go. */
    synchronized void close() {
        closed = true;
        followers.forEach(queue -> queue.add(Optional.empty()));
    }
}
