package dev.devshell.page;

import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import dev.devshell.LogEntry;
import dev.devshell.engine.Engine;
import dev.devshell.logs.LogListener;
import dev.devshell.logs.LogQuery;
import dev.devshell.logs.ProjectLogs;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** The logs as the engine has them, and of containers that are gone what the session kept. */
public final class SessionLogs implements LogSource {
    private static final int LATELY = 500;

    private final Engine engine;
    private final DevSession session;

    public SessionLogs(Engine engine, DevSession session) {
        this.engine = engine;
        this.session = session;
    }

    @Override
    @SuppressWarnings("try") // it follows by itself
    public void follow(Consumer<LogEntry> consumer) {
        LogListener listener = lines -> lines.forEach(consumer);
        ProjectLogs logs = new ProjectLogs(engine, session.project(), LogQuery.ALL.tail(LATELY));
        logs.read(session.keptLogs(List.of()), listener);
        try (Closeable ignored = logs.follow(listener, true)) {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevshellException.Interrupted("interrupted");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
