package dev.devshell.sync;

import dev.devshell.sync.wire.HostMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Who waits for one replica: until everything that happened before is reported (a cookie goes through the agent's watcher), and until nothing is left to do.
 * The session's loop owns it.
 */
final class ReplicaBarrier {
    private final Map<Long, CompletableFuture<Void>> cookies = new HashMap<>();
    private final List<CompletableFuture<Void>> settling = new ArrayList<>();
    private long nextCookie = 1;

    /** Returns a cookie to be sent; {@code seen} completes when it comes back. */
    HostMessage.Cookie cookie(CompletableFuture<Void> seen) {
        cookies.put(nextCookie, seen);
        return new HostMessage.Cookie(nextCookie++);
    }

    void seen(long id) {
        CompletableFuture<Void> cookie = cookies.remove(id);
        if (cookie != null) {
            cookie.complete(null);
        }
    }

    /** Sends those that have not come back: an agent that was lost will not send them. */
    void resend(Consumer<HostMessage> to) {
        cookies.keySet().forEach(id -> to.accept(new HostMessage.Cookie(id)));
    }

    void settle(CompletableFuture<Void> settled) {
        settling.add(settled);
    }

    /** Nothing is left to do. */
    void settled() {
        settling.forEach(waiting -> waiting.complete(null));
        settling.clear();
    }

    /** What is left to do waits for a person. */
    void refuse(Throwable why) {
        settling.forEach(waiting -> waiting.completeExceptionally(why));
        settling.clear();
    }

    /** Nobody's wait will end well. */
    void fail(Throwable why) {
        refuse(why);
        cookies.values().forEach(waiting -> waiting.completeExceptionally(why));
        cookies.clear();
    }
}
