package dev.devshell.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.devshell.DevshellException.Failed;
import dev.devshell.compose.ComposeService.Build;
import dev.devshell.compose.ComposeService.Dependency;
import dev.devshell.compose.ComposeService.Port;
import dev.devshell.compose.ComposeService.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what {@code docker compose config} prints, as YAML: its JSON drops the {@code x-} keys of services, and 2.25.0 prints YAML
 * whatever is asked for.
 *
 * <p>In either form every {@code $} is doubled, so that the output could be read again as a Compose file.
 */
final class ConfigReader {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private ConfigReader() {}

    static ComposeProject read(String yaml, ComposeFiles files) {
        JsonNode root = parse(yaml);
        Map<String, ComposeService> services = new LinkedHashMap<>();
        root.path("services")
                .properties()
                .forEach(entry -> services.put(entry.getKey(), service(entry.getKey(), entry.getValue())));
        return new ComposeProject(
                text(root, "name"),
                files.directory(),
                files.files(),
                services,
                SyncSettingsReader.read(SyncSettingsReader.PROJECT, root));
    }

    static JsonNode parse(String yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (IOException e) {
            throw new Failed(
                    "COMPOSE-OUTPUT",
                    "what `docker compose config` printed cannot be read",
                    String.valueOf(e.getMessage()),
                    "run `docker compose config` and look at its output",
                    e);
        }
    }

    private static ComposeService service(String name, JsonNode node) {
        return new ComposeService(
                name,
                optional(node, "image"),
                node.path("build").isObject() ? Optional.of(build(node.path("build"))) : Optional.empty(),
                ports(node),
                texts(node.path("profiles")),
                dependencies(node.path("depends_on")),
                healthcheck(node.path("healthcheck")),
                text(node, "user"),
                text(node, "working_dir"),
                volumes(node),
                node.path("read_only").asBoolean(),
                WatchRuleReader.rules(name, node.path("develop").path("watch")),
                SyncSettingsReader.read("the service \"" + name + "\"", node));
    }

    private static Build build(JsonNode node) {
        String dockerfile = text(node, "dockerfile");
        return new Build(
                text(node, "context"),
                dockerfile.isEmpty() ? "Dockerfile" : dockerfile,
                optional(node, "dockerfile_inline"),
                optional(node, "target"),
                map(node.path("args")),
                map(node.path("additional_contexts")),
                texts(node.path("platforms")),
                node.path("no_cache").asBoolean());
    }

    private static List<Port> ports(JsonNode service) {
        List<Port> ports = new ArrayList<>();
        for (JsonNode port : service.path("ports")) {
            ports.add(new Port(
                    port.path("target").asInt(),
                    text(port, "published"),
                    text(port, "host_ip"),
                    text(port, "protocol")));
        }
        return ports;
    }

    private static List<Dependency> dependencies(JsonNode node) {
        List<Dependency> dependencies = new ArrayList<>();
        node.properties()
                .forEach(entry -> dependencies.add(new Dependency(
                        entry.getKey(),
                        text(entry.getValue(), "condition"),
                        entry.getValue().path("required").asBoolean(true))));
        return dependencies;
    }

    private static boolean healthcheck(JsonNode node) {
        return node.isObject()
                && !node.path("disable").asBoolean()
                && !node.path("test").path(0).asText().equals("NONE");
    }

    private static List<Volume> volumes(JsonNode service) {
        List<Volume> volumes = new ArrayList<>();
        for (JsonNode volume : service.path("volumes")) {
            volumes.add(new Volume(
                    text(volume, "type"),
                    text(volume, "source"),
                    text(volume, "target"),
                    volume.path("read_only").asBoolean()));
        }
        for (String tmpfs : texts(service.path("tmpfs"))) {
            volumes.add(new Volume("tmpfs", "", tmpfs.replaceFirst(":.*", ""), false));
        }
        return volumes;
    }

    private static Map<String, String> map(JsonNode node) {
        Map<String, String> map = new LinkedHashMap<>();
        node.properties().forEach(entry -> {
            // An argument without a value that the environment does not give one either.
            if (!entry.getValue().isNull()) {
                map.put(undoubled(entry.getKey()), undoubled(entry.getValue().asText()));
            }
        });
        return map;
    }

    static Optional<String> optional(JsonNode node, String key) {
        String text = text(node, key);
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    static String text(JsonNode node, String key) {
        JsonNode value = node.path(key);
        return value.isNull() ? "" : undoubled(value.asText());
    }

    /** Reads a list of texts, or one text as a list of one. */
    static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node instanceof TextNode) {
            texts.add(undoubled(node.asText()));
        }
        node.forEach(item -> texts.add(undoubled(item.asText())));
        return texts;
    }

    static Path path(JsonNode node, String key) {
        return Path.of(text(node, key));
    }

    static String undoubled(String text) {
        return text.replace("$$", "$");
    }
}
