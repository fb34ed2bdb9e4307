package dev.devshell.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devshell.engine.ContainerEvent.Happened;
import dev.devshell.engine.ContainerEvent.Kind;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads one event of the engine's stream. */
final class EventReader {
    private static final Map<String, Kind> KINDS = Map.ofEntries(
            Map.entry("create", Kind.CREATE),
            Map.entry("start", Kind.START),
            Map.entry("die", Kind.DIE),
            Map.entry("stop", Kind.STOP),
            Map.entry("kill", Kind.KILL),
            Map.entry("oom", Kind.OOM),
            Map.entry("pause", Kind.PAUSE),
            Map.entry("unpause", Kind.UNPAUSE),
            Map.entry("destroy", Kind.DESTROY),
            Map.entry("health_status", Kind.HEALTH),
            Map.entry("rename", Kind.RENAME));

    private EventReader() {}

    /** Returns nothing for an event that no one here follows, such as the start of an exec. */
    static Optional<ContainerEvent> read(JsonNode event) {
        // "exec_start: /bin/sh -c …" and "health_status: healthy" carry a detail.
        String[] action = event.path("Action").asText().split(": ", 2);
        Kind kind = KINDS.get(action[0]);
        if (kind == null) {
            return Optional.empty();
        }
        Map<String, String> attributes =
                ContainerReader.strings(event.path("Actor").path("Attributes"));
        ComposeLabels labels = ContainerReader.compose(attributes);
        String exitCode = attributes.getOrDefault("exitCode", "");
        return Optional.of(new Happened(
                kind,
                event.path("Actor").path("ID").asText(),
                labels.service(),
                labels.number(),
                labels.oneOff(),
                exitCode.matches("\\d{1,9}") ? OptionalInt.of(Integer.parseInt(exitCode)) : OptionalInt.empty(),
                kind == Kind.HEALTH && action.length == 2 ? Health.of(action[1]) : Health.NONE,
                Instant.ofEpochSecond(0, event.path("timeNano").asLong())));
    }
}
