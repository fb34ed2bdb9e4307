package dev.devshell.sync.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devshell.sync.core.Digest;
import dev.devshell.sync.core.Node;
import dev.devshell.sync.history.HistoryItem.Reason;
import dev.devshell.sync.history.HistoryItem.Side;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** One version as one line of JSON. */
final class HistoryLine {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SCHEMA = 1;

    private HistoryLine() {}

    static byte[] write(HistoryEntry entry) {
        HistoryItem item = entry.item();
        ObjectNode line = JSON.createObjectNode()
                .put("schema", SCHEMA)
                .put("id", entry.id())
                .put("when", item.when().toString())
                .put("context", item.context())
                .put("path", item.path())
                .put("side", lower(item.side()))
                .put("service", item.service())
                .put("container", item.containerId())
                .put("reason", lower(item.reason()))
                .put("mode", item.mode())
                .put("size", entry.size());
        node(line, item.node());
        return (line + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void node(ObjectNode line, Node node) {
        if (node instanceof Node.File file) {
            line.put("kind", "file").put("digest", file.digest().toHex()).put("executable", file.executable());
        } else if (node instanceof Node.Link link) {
            line.put("kind", "link").put("target", link.target());
        } else {
            line.put("kind", node instanceof Node.Directory ? "directory" : "special");
        }
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** Reads a line; nothing when it is not a whole one. */
    static Optional<HistoryEntry> read(String line) {
        try {
            JsonNode json = JSON.readTree(line);
            HistoryItem item = new HistoryItem(
                    text(json, "path"),
                    text(json, "context"),
                    Side.valueOf(upper(json, "side")),
                    text(json, "service"),
                    text(json, "container"),
                    Reason.valueOf(upper(json, "reason")),
                    node(json),
                    json.path("mode").asInt(),
                    Instant.parse(text(json, "when")));
            return Optional.of(
                    new HistoryEntry(text(json, "id"), item, json.path("size").asLong()));
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Node node(JsonNode json) {
        return switch (text(json, "kind")) {
            case "file" ->
                new Node.File(
                        Digest.fromHex(text(json, "digest")),
                        json.path("executable").asBoolean());
            case "link" -> new Node.Link(text(json, "target"));
            case "directory" -> Node.directory();
            case "special" -> Node.special();
            default -> throw new IllegalArgumentException("unknown kind");
        };
    }

    private static String upper(JsonNode json, String name) {
        return text(json, name).toUpperCase(Locale.ROOT);
    }

    private static String text(JsonNode json, String name) {
        JsonNode value = json.get(name);
        if (value == null || !value.isTextual()) {
            throw new IllegalArgumentException("no " + name);
        }
        return value.textValue();
    }
}
