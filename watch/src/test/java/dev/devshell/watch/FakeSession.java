package dev.devshell.watch;

import dev.devshell.Change;
import dev.devshell.DevSession;
import dev.devshell.Sync;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A session without containers, whose files change when a test says so. */
final class FakeSession {
    final AtomicInteger flushes = new AtomicInteger();
    volatile Runnable onFlush = () -> {};

    private final BlockingQueue<Optional<Change>> changes = new LinkedBlockingQueue<>();

    /** Returns it as those under test see it; what they have no business with fails. */
    DevSession session() {
        Sync sync = proxy(Sync.class, (name, arguments) -> {
            if (!name.equals("flush")) {
                throw new UnsupportedOperationException(name);
            }
            flushes.incrementAndGet();
            onFlush.run();
            return "";
        });
        return proxy(DevSession.class, (name, arguments) -> {
            if (name.equals("services")) {
                return List.of();
            }
            if (name.equals("sync")) {
                return sync;
            }
            if (!name.equals("changes")) {
                throw new UnsupportedOperationException(name);
            }
            @SuppressWarnings("unchecked")
            Consumer<Change> listener = (Consumer<Change>) arguments[0];
            follow(listener);
            return "";
        });
    }

    private interface Handler {
        Object handle(String name, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Handler handler) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object result = handler.handle(method.getName(), arguments == null ? new Object[0] : arguments);
                    return method.getReturnType() == void.class ? null : result;
                }));
    }

    private void follow(Consumer<Change> listener) {
        listener.accept(new Change(List.of(), List.of(), false, System.currentTimeMillis()));
        try {
            for (Optional<Change> next = changes.take(); next.isPresent(); next = changes.take()) {
                listener.accept(next.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void saved(String path, String... services) {
        change(path, false, services);
    }

    void writtenByAContainer(String path, String... services) {
        change(path, true, services);
    }

    private void change(String path, boolean byContainer, String... services) {
        changes.add(Optional.of(
                new Change(List.of(Path.of(path)), List.of(services), byContainer, System.currentTimeMillis())));
    }

    void end() {
        changes.add(Optional.empty());
    }
}
