package dev.devshell.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.devshell.DevshellException;
import dev.devshell.Notice;
import dev.devshell.Sync;
import dev.devshell.SyncStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sync of a session in another process. */
final class RemoteSync implements Sync {
    private final ControlClient client;

    RemoteSync(ControlClient client) {
        this.client = client;
    }

    @Override
    public SyncStatus status() {
        return read(client.ask("sync.status", Map.of()), SyncStatus.class);
    }

    @Override
    public void flush(Duration timeout) {
        client.ask("sync.flush", Map.of("millis", timeout.toMillis()));
    }

    @Override
    public void pause() {
        client.ask("sync.pause", Map.of());
    }

    @Override
    public void resume() {
        client.ask("sync.resume", Map.of());
    }

    @Override
    public List<Notice> release() {
        return List.of(read(client.ask("sync.release", Map.of()), Notice[].class));
    }

    @Override
    public List<Notice> restore() {
        return List.of(read(client.ask("sync.restore", Map.of()), Notice[].class));
    }

    @Override
    public List<Conflict> conflicts() {
        return List.of(read(client.ask("sync.conflicts", Map.of()), Conflict[].class));
    }

    @Override
    public void resolve(Path path, Keep keep) {
        client.ask("sync.resolve", Map.of("path", path.toString(), "keep", keep.name()));
    }

    @Override
    public Explanation explain(Path path) {
        return read(client.ask("sync.explain", Map.of("path", path.toString())), Explanation.class);
    }

    @Override
    public List<Version> history(Optional<Path> path, int limit) {
        Map<String, Object> args = new HashMap<>(Map.of("limit", limit));
        path.ifPresent(given -> args.put("path", given.toString()));
        return List.of(read(client.ask("sync.history", args), Version[].class));
    }

    @Override
    public Version undo(Optional<String> id) {
        return read(client.ask("sync.undo", id.map(given -> Map.of("id", given)).orElse(Map.of())), Version.class);
    }

    @Override
    public List<Version> undo(Duration since) {
        return List.of(read(client.ask("sync.undoSince", Map.of("millis", since.toMillis())), Version[].class));
    }

    static <T> T read(JsonNode answer, Class<T> type) {
        try {
            return Json.MAPPER.treeToValue(answer, type);
        } catch (JsonProcessingException e) {
            throw new DevshellException.Failed(
                    "OTHER-VERSION",
                    "cannot read what the session answered",
                    String.valueOf(e.getOriginalMessage()),
                    "end it with the devshell that started it, then start it again",
                    e);
        }
    }
}
