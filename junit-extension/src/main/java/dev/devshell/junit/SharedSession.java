package dev.devshell.junit;

import dev.devshell.Change;
import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import dev.devshell.LogEntry;
import dev.devshell.Notice;
import dev.devshell.Progress;
import dev.devshell.Service;
import dev.devshell.Sync;
import dev.devshell.UpOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** A session that a test may use but not end: others use it too. */
final class SharedSession implements DevSession {
    private final DevSession session;

    SharedSession(DevSession session) {
        this.session = session;
    }

    @Override
    public String project() {
        return session.project();
    }

    @Override
    public Path directory() {
        return session.directory();
    }

    @Override
    public List<Service> services() {
        return session.services();
    }

    @Override
    public Sync sync() {
        return session.sync();
    }

    @Override
    public void up(UpOptions options, Progress progress) {
        session.up(options, progress);
    }

    @Override
    public void rebuild(List<String> services, Progress progress) {
        session.rebuild(services, progress);
    }

    @Override
    public void restart(List<String> services, Progress progress) {
        session.restart(services, progress);
    }

    @Override
    public List<LogEntry> keptLogs(List<String> services) {
        return session.keptLogs(services);
    }

    @Override
    public void follow(Consumer<Notice> listener) {
        session.follow(listener);
    }

    @Override
    public int followers() {
        return session.followers();
    }

    @Override
    public void changes(Consumer<Change> listener) {
        session.changes(listener);
    }

    @Override
    public void end() {
        throw new DevshellException.Usage(
                "SESSION-SHARED",
                "a test does not end the session of " + session.project(),
                "other tests, and perhaps a person, use it too",
                "leave it: what the test run started is taken down at its end");
    }

    /** Leaves it as it is. */
    @Override
    public void close() {}
}
