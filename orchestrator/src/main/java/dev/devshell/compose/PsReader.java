package dev.devshell.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devshell.DevshellException.Failed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code docker compose ps --format json}: an array up to 2.20, a line for each since. */
final class PsReader {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PsReader() {}

    static List<PsEntry> read(String output) {
        List<PsEntry> entries = new ArrayList<>();
        try (MappingIterator<JsonNode> values = JSON.readerFor(JsonNode.class).readValues(output)) {
            while (values.hasNextValue()) {
                add(values.nextValue(), entries);
            }
        } catch (IOException e) {
            throw new Failed(
                    "COMPOSE-OUTPUT",
                    "what `docker compose ps` printed cannot be read",
                    String.valueOf(e.getMessage()),
                    "run `docker compose ps --format json` and look at its output",
                    e);
        }
        return entries;
    }

    private static void add(JsonNode node, List<PsEntry> entries) {
        if (node.isArray()) {
            node.forEach(item -> add(item, entries));
        } else if (node.isObject()) {
            entries.add(new PsEntry(
                    node.path("ID").asText(),
                    node.path("Name").asText(),
                    node.path("Project").asText(),
                    node.path("Service").asText(),
                    node.path("Image").asText(),
                    node.path("State").asText(),
                    node.path("Health").asText(),
                    node.path("ExitCode").asInt(),
                    node.path("Status").asText()));
        }
    }
}
