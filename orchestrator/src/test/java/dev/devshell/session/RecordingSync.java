package dev.devshell.session;

import dev.devshell.DevshellException;
import dev.devshell.Notice;
import dev.devshell.Sync;
import dev.devshell.SyncStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A sync that writes down what it was asked, and has one of everything to answer. */
final class RecordingSync implements Sync {
    static final Path FILE = Path.of("/project/app/größe.rb");
    static final Version VERSION =
            new Version("v1", FILE, "host", "web", "replaced", "file", 12, "2026-01-01T00:00:00Z");

    static final Notice NOTICE = new Notice(
            "IMAGE-STALE",
            "web",
            "the image of 'web' is stale",
            "Gemfile has changed",
            "devshell rebuild web",
            List.of(FILE));

    final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    private static SyncStatus.Flow flow() {
        return new SyncStatus.Flow(
                3,
                4096,
                0,
                new SyncStatus.Timing(0.8, 1.9),
                new SyncStatus.Timing(0.2, 0.5),
                new SyncStatus.Timing(0.6, 1.4));
    }

    @Override
    public SyncStatus status() {
        return new SyncStatus(
                false,
                List.of(new SyncStatus.Replica(
                        "web",
                        1,
                        "abc",
                        SyncStatus.State.READY,
                        7,
                        1,
                        0,
                        flow(),
                        flow(),
                        List.of(new SyncStatus.Waiting(Path.of("/p/a"), "sent")),
                        List.of(new SyncStatus.Failure("2026-11-24T10:00:00Z", "the stream broke")),
                        "")),
                List.of(new SyncStatus.Problem("web", FILE, "unreadable")),
                List.of(NOTICE),
                new SyncStatus.Watches(12, 65536, 0));
    }

    @Override
    public void flush(Duration timeout) {
        asked.add("flush " + timeout);
        if (timeout.toMillis() == 1) {
            throw new DevshellException.Failed("SYNC-BEHIND", "not in sync yet", "app/a.rb is behind", "try again");
        }
    }

    @Override
    public void pause() {
        asked.add("pause");
    }

    @Override
    public void resume() {
        asked.add("resume");
    }

    @Override
    public List<Notice> release() {
        asked.add("release");
        return List.of(NOTICE);
    }

    @Override
    public List<Notice> restore() {
        asked.add("restore");
        return List.of(NOTICE);
    }

    @Override
    public List<Conflict> conflicts() {
        return List.of(new Conflict(FILE, "web", 1, "/app/größe.rb", "file", "absent"));
    }

    @Override
    public void resolve(Path path, Keep keep) {
        asked.add("resolve " + path + " " + keep);
    }

    @Override
    public Explanation explain(Path path) {
        return new Explanation(path, List.of(new Explanation.Fact("mapping", "Dockerfile:12 COPY . .")));
    }

    @Override
    public List<Version> history(Optional<Path> path, int limit) {
        asked.add("history " + path + " " + limit);
        return List.of(VERSION);
    }

    @Override
    public Version undo(Optional<String> id) {
        asked.add("undo " + id);
        return VERSION;
    }

    @Override
    public List<Version> undo(Duration since) {
        asked.add("undo " + since);
        return List.of(VERSION);
    }
}
