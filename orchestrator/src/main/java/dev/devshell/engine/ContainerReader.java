package dev.devshell.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devshell.engine.Container.Mount;
import dev.devshell.engine.Container.MountType;
import dev.devshell.engine.Container.Port;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the engine's answer about a container. */
final class ContainerReader {
    static final String LABELS = "com.docker.compose.";
    static final String PROJECT = LABELS + "project";

    /** Mounted by the engine into every container, and in no list of its answer. */
    private static final List<String> OWN_MOUNTS =
            List.of("/proc", "/sys", "/dev", "/etc/hosts", "/etc/hostname", "/etc/resolv.conf");

    private ContainerReader() {}

    static Container container(JsonNode node, String architecture) {
        JsonNode config = node.path("Config");
        Map<String, String> labels = strings(config.path("Labels"));
        return new Container(
                node.path("Id").asText(),
                node.path("Name").asText().replaceFirst("^/", ""),
                compose(labels),
                run(node),
                node.path("Image").asText(),
                architecture,
                config.path("User").asText(),
                config.path("WorkingDir").asText(),
                node.path("HostConfig").path("ReadonlyRootfs").asBoolean(),
                ports(node.path("NetworkSettings").path("Ports")),
                mounts(node),
                labels);
    }

    static ComposeLabels compose(Map<String, String> labels) {
        return new ComposeLabels(
                label(labels, "project"),
                label(labels, "service"),
                number(label(labels, "container-number")),
                label(labels, "oneoff").equalsIgnoreCase("true"),
                label(labels, "config-hash"),
                label(labels, "image"),
                label(labels, "project.working_dir"),
                list(label(labels, "project.config_files")));
    }

    private static String label(Map<String, String> labels, String name) {
        return labels.getOrDefault(LABELS + name, "");
    }

    private static int number(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }

    private static List<String> list(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
    }

    private static RunState run(JsonNode node) {
        JsonNode state = node.path("State");
        JsonNode health = state.path("Health");
        JsonNode log = health.path("Log");
        return new RunState(
                RunState.Status.of(state.path("Status").asText()),
                Health.of(health.path("Status").asText()),
                log.path(log.size() - 1).path("Output").asText().strip(),
                state.path("ExitCode").asInt(),
                state.path("OOMKilled").asBoolean(),
                state.path("Pid").asInt(),
                started(state.path("StartedAt").asText()),
                node.path("RestartCount").asInt());
    }

    private static Optional<Instant> started(String text) {
        return text.isEmpty() || text.startsWith("0001-") ? Optional.empty() : Optional.of(Instant.parse(text));
    }

    private static List<Port> ports(JsonNode node) {
        List<Port> ports = new ArrayList<>();
        node.properties().forEach(port -> {
            String[] key = port.getKey().split("/", 2);
            String protocol = key.length == 2 ? key[1] : "tcp";
            for (JsonNode binding : port.getValue()) {
                ports.add(new Port(
                        number(key[0]),
                        protocol,
                        binding.path("HostIp").asText(),
                        number(binding.path("HostPort").asText())));
            }
        });
        return ports;
    }

    private static List<Mount> mounts(JsonNode node) {
        List<Mount> mounts = new ArrayList<>();
        for (JsonNode mount : node.path("Mounts")) {
            mounts.add(new Mount(
                    mount.path("Destination").asText(),
                    type(mount.path("Type").asText()),
                    mount.path("Source").asText(),
                    !mount.path("RW").asBoolean()));
        }
        // The short syntax of tmpfs stands apart from the list of mounts.
        strings(node.path("HostConfig").path("Tmpfs"))
                .forEach((path, options) ->
                        mounts.add(new Mount(path, MountType.TMPFS, "", options.matches("(.*,)?ro(,.*)?"))));
        for (String path : OWN_MOUNTS) {
            mounts.add(new Mount(path, MountType.ENGINE, "", false));
        }
        return mounts;
    }

    private static MountType type(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "bind" -> MountType.BIND;
            case "volume" -> MountType.VOLUME;
            case "tmpfs" -> MountType.TMPFS;
            default -> MountType.OTHER;
        };
    }

    static ImageFacts image(JsonNode node) {
        JsonNode config = node.path("Config");
        return new ImageFacts(
                node.path("Id").asText(),
                config.path("WorkingDir").asText(),
                texts(config.path("Env")),
                texts(config.path("OnBuild")),
                config.path("User").asText(),
                node.path("Architecture").asText());
    }

    static Map<String, String> strings(JsonNode node) {
        Map<String, String> strings = new LinkedHashMap<>();
        node.properties()
                .forEach(entry -> strings.put(entry.getKey(), entry.getValue().asText()));
        return strings;
    }

    static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        node.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
