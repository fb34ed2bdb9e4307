package dev.devshell.compose;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devshell.DevshellException.Usage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Reads {@code x-devshell}, and says exactly what it does not understand. */
final class SyncSettingsReader {
    /** The place of the settings that are for the whole project. */
    static final String PROJECT = "the project";

    private static final String KEY = "x-devshell";
    private static final String SIZE = "history-size";
    private static final String AGE = "history-age";
    private static final List<String> KEYS =
            List.of("ignore", "protect", "policy", "from-container", "auto-rebuild", "sync", SIZE, AGE);

    /** For people: {@code the service "web"}, or the project. */
    private final String place;

    private final JsonNode node;

    private SyncSettingsReader(String place, JsonNode node) {
        this.place = place;
        this.node = node;
    }

    /** Reads the settings that {@code owner}, a service or the whole project, has; none where there are none. */
    static SyncSettings read(String place, JsonNode owner) {
        JsonNode node = owner.path(KEY);
        if (node.isMissingNode() || node.isNull()) {
            return SyncSettings.NONE;
        }
        return new SyncSettingsReader(place, node).settings();
    }

    private SyncSettings settings() {
        if (!node.isObject()) {
            throw invalid(KEY, "a mapping with some of " + String.join(", ", KEYS), node.toString());
        }
        node.fieldNames().forEachRemaining(this::known);
        return new SyncSettings(
                list("ignore"),
                list("protect"),
                word("policy", SyncSettings.Policy.values()),
                word("from-container", SyncSettings.FromContainer.values()),
                bool("auto-rebuild"),
                word("sync", SyncSettings.Mode.values()),
                amount(SIZE, Amounts::bytes, Amounts.BYTES_ALLOWED),
                amount(AGE, Amounts::age, Amounts.AGE_ALLOWED));
    }

    private <T> Optional<T> amount(String key, Function<String, Optional<T>> reading, String allowed) {
        JsonNode value = node.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!place.equals(PROJECT)) {
            throw new Usage(
                    "X-DEVSHELL-INVALID",
                    KEY + " of " + place + " has a " + key + ", which is the project's",
                    "there is one history for all services",
                    "move it to " + KEY + " at the top level of the Compose file");
        }
        Optional<T> amount = reading.apply(value.asText());
        if (amount.isEmpty()) {
            throw invalid(key, allowed, value.asText());
        }
        return amount;
    }

    private void known(String key) {
        if (!KEYS.contains(key)) {
            throw new Usage(
                    "X-DEVSHELL-INVALID",
                    KEY + " of " + place + " has no key \"" + key + "\"",
                    "allowed: " + String.join(", ", KEYS),
                    Suggestion.nearest(key, KEYS)
                            .map(nearest -> "did you mean \"" + nearest + "\"?")
                            .orElse("remove it"));
        }
    }

    private List<String> list(String key) {
        JsonNode value = node.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        if (value.isTextual()) {
            return List.of(ConfigReader.undoubled(value.asText()));
        }
        List<String> items = new ArrayList<>();
        for (JsonNode item : value) {
            items.add(ConfigReader.undoubled(item.asText()));
        }
        if (!value.isArray() || items.contains("")) {
            throw invalid(key, "a pattern, or a list of patterns", value.toString());
        }
        return items;
    }

    private <E extends Enum<E>> Optional<E> word(String key, E[] values) {
        JsonNode value = node.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        // YAML 1.1 reads a bare `off` as a boolean, and Compose hands it on as one.
        String text = value.isBoolean() ? (value.asBoolean() ? "on" : "off") : value.asText();
        for (E candidate : values) {
            if (spelled(candidate).equals(text)) {
                return Optional.of(candidate);
            }
        }
        String allowed = String.join(
                ", ", Arrays.stream(values).map(SyncSettingsReader::spelled).toList());
        throw invalid(key, allowed, text);
    }

    private static String spelled(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Optional<Boolean> bool(String key) {
        JsonNode value = node.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isBoolean()) {
            throw invalid(key, "true, false", value.toString());
        }
        return Optional.of(value.asBoolean());
    }

    private Usage invalid(String key, String allowed, String was) {
        return new Usage(
                "X-DEVSHELL-INVALID",
                KEY + " of " + place + " has a " + key + " that devshell does not know",
                "allowed: " + allowed + "; but was: " + was,
                "change it in the Compose file");
    }
}
