package dev.devshell.compose;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devshell.DevshellException.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads {@code develop.watch}. */
final class WatchRuleReader {
    private WatchRuleReader() {}

    static List<WatchRule> rules(String service, JsonNode node) {
        List<WatchRule> rules = new ArrayList<>();
        for (JsonNode rule : node) {
            rules.add(new WatchRule(
                    action(service, ConfigReader.text(rule, "action")),
                    ConfigReader.path(rule, "path"),
                    ConfigReader.optional(rule, "target"),
                    ConfigReader.texts(rule.path("ignore")),
                    ConfigReader.texts(rule.path("include")),
                    rule.path("initial_sync").asBoolean(),
                    exec(rule.path("exec"))));
        }
        return rules;
    }

    private static WatchRule.Exec exec(JsonNode node) {
        Map<String, String> env = new TreeMap<>();
        node.path("environment").properties().forEach(variable -> {
            // One without a value is taken from the shell that Compose runs in.
            if (!variable.getValue().isNull()) {
                env.put(
                        variable.getKey(),
                        ConfigReader.undoubled(variable.getValue().asText()));
            }
        });
        return new WatchRule.Exec(
                ConfigReader.texts(node.path("command")),
                ConfigReader.optional(node, "user").orElse(""),
                ConfigReader.optional(node, "working_dir").orElse(""),
                env);
    }

    private static WatchRule.Action action(String service, String word) {
        List<String> words = new ArrayList<>();
        for (WatchRule.Action action : WatchRule.Action.values()) {
            if (action.word().equals(word)) {
                return action;
            }
            words.add(action.word());
        }
        throw new Usage(
                "WATCH-ACTION-UNKNOWN",
                "develop.watch of the service \"" + service + "\" has an action that devshell does not know",
                "allowed: " + String.join(", ", words) + "; but was: " + word,
                "change it in the Compose file, or update devshell");
    }
}
