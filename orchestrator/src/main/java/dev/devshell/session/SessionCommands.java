package dev.devshell.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import dev.devshell.Progress;
import dev.devshell.Sync;
import dev.devshell.UpOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The commands that a session takes over its socket; {@link SessionClient} is their other end. */
final class SessionCommands implements CommandHandler {
    private final DevSession session;
    private final boolean background;

    SessionCommands(DevSession session, boolean background) {
        this.session = session;
        this.background = background;
    }

    @Override
    public Object handle(Request request, Progress progress) {
        JsonNode args = request.args();
        return switch (request.command()) {
            case "hello" ->
                new Hello(
                        session.project(),
                        session.directory(),
                        ProcessHandle.current().pid(),
                        background);
            case "services" -> session.services();
            case "up" -> done(() -> session.up(up(args), progress));
            case "rebuild" -> done(() -> session.rebuild(names(args), progress));
            case "restart" -> done(() -> session.restart(names(args), progress));
            case "follow" -> done(() -> session.follow(notice -> progress.tell(Json.line(notice))));
            case "followers" -> session.followers();
            case "changes" -> done(() -> session.changes(change -> progress.tell(Json.line(change))));
            case "logs" ->
                done(() -> session.keptLogs(names(args)).forEach(line -> progress.tell(Json.line(KeptLine.of(line)))));
            case "end" -> done(session::end);
            default -> sync(request.command(), args);
        };
    }

    private Object sync(String command, JsonNode args) {
        Sync sync = session.sync();
        return switch (command) {
            case "sync.status" -> sync.status();
            case "sync.flush" -> done(() -> sync.flush(millis(args)));
            case "sync.pause" -> done(sync::pause);
            case "sync.resume" -> done(sync::resume);
            case "sync.release" -> sync.release();
            case "sync.restore" -> sync.restore();
            case "sync.conflicts" -> sync.conflicts();
            case "sync.resolve" -> done(() -> sync.resolve(path(args), keep(args)));
            case "sync.explain" -> sync.explain(path(args));
            case "sync.history" ->
                sync.history(
                        args.hasNonNull("path") ? Optional.of(path(args)) : Optional.empty(),
                        args.path("limit").asInt(100));
            case "sync.undo" ->
                sync.undo(args.hasNonNull("id") ? Optional.of(args.path("id").asText()) : Optional.empty());
            case "sync.undoSince" ->
                sync.undo(Duration.ofMillis(args.path("millis").asLong()));
            default ->
                throw new DevshellException.Usage(
                        "UNKNOWN-COMMAND", "the session does not know '" + command + "'", "", "");
        };
    }

    private static Object done(Runnable action) {
        action.run();
        return Map.of();
    }

    private static UpOptions up(JsonNode args) {
        return new UpOptions(
                names(args),
                args.path("build").asBoolean(),
                args.path("recreate").asBoolean(),
                scale(args),
                millis(args));
    }

    private static List<String> names(JsonNode args) {
        try {
            return List.of(Json.MAPPER.treeToValue(args.path("services"), String[].class));
        } catch (JsonProcessingException e) {
            throw new DevshellException.Usage(
                    "BAD-REQUEST", "services are a list of names", e.getOriginalMessage(), "");
        }
    }

    private static Map<String, Integer> scale(JsonNode args) {
        Map<String, Integer> scale = new HashMap<>();
        args.path("scale")
                .properties()
                .forEach(entry -> scale.put(entry.getKey(), entry.getValue().asInt()));
        return scale;
    }

    private static Duration millis(JsonNode args) {
        return Duration.ofMillis(args.path("millis").asLong(30_000));
    }

    private static Path path(JsonNode args) {
        return Path.of(args.path("path").asText());
    }

    private static Sync.Keep keep(JsonNode args) {
        try {
            return Sync.Keep.valueOf(args.path("keep").asText());
        } catch (IllegalArgumentException e) {
            throw new DevshellException.Usage(
                    "BAD-REQUEST", "kept is HOST, CONTAINER or BOTH", "it was " + args.path("keep"), "");
        }
    }

    /**
     * Who answers.
     *
     * @param background whether the process lives for the session alone, and ends with it
     */
    record Hello(String project, Path directory, long pid, boolean background) {}
}
