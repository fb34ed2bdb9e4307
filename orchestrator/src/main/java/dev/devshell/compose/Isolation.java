package dev.devshell.compose;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes the Compose file that, read after a project's own, keeps a copy of the project apart from it: no container, network or
 * volume of a fixed name, no port of a fixed number, and a label on everything.
 *
 * <p>What is external stays external, and an image that is named keeps its name.
 */
final class Isolation {
    private final String project;
    private final Map<String, String> labels;
    private final StringBuilder text = new StringBuilder();

    private Isolation(String project, Map<String, String> labels) {
        this.project = project;
        this.labels = labels;
    }

    /**
     * Returns the file's text.
     *
     * @param config what {@code docker compose config} says of every profile
     * @param project the copy's name
     */
    static String of(JsonNode config, String project, Map<String, String> labels) {
        Isolation isolation = new Isolation(project, labels);
        isolation.services(config.path("services"));
        isolation.resources("networks", config.path("networks"));
        isolation.resources("volumes", config.path("volumes"));
        return isolation.text.toString();
    }

    private void services(JsonNode services) {
        line(0, "services:");
        services.properties().forEach(entry -> {
            line(1, quoted(entry.getKey()) + ":");
            if (entry.getValue().has("container_name")) {
                line(2, "container_name: !reset null");
            }
            labels(2);
            if (!entry.getValue().path("ports").isEmpty()) {
                line(2, "ports: !override");
                entry.getValue().path("ports").forEach(this::port);
            }
        });
    }

    /** Without a number on the host: the engine chooses one that is free. */
    private void port(JsonNode port) {
        line(3, "- target: " + port.path("target").asInt());
        line(4, "protocol: " + quoted(port.path("protocol").asText("tcp")));
        if (port.hasNonNull("host_ip")) {
            line(4, "host_ip: " + quoted(port.path("host_ip").asText()));
        }
    }

    private void resources(String kind, JsonNode resources) {
        Map<String, JsonNode> own = new LinkedHashMap<>();
        resources.properties().forEach(entry -> {
            if (!entry.getValue().path("external").asBoolean()) {
                own.put(entry.getKey(), entry.getValue());
            }
        });
        if (own.isEmpty()) {
            return;
        }
        line(0, kind + ":");
        own.forEach((key, resource) -> {
            line(1, quoted(key) + ":");
            line(2, "name: " + quoted(project + "_" + key));
            labels(2);
        });
    }

    private void labels(int depth) {
        line(depth, "labels:");
        labels.forEach((name, value) -> line(depth + 1, quoted(name) + ": " + quoted(value)));
    }

    private void line(int depth, String content) {
        text.append("  ".repeat(depth)).append(content).append('\n');
    }

    /** Compose interpolates what it reads. */
    private static String quoted(String value) {
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("$", "$$") + "\"";
    }
}
