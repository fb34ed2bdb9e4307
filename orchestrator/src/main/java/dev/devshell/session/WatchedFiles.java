package dev.devshell.session;

import dev.devshell.compose.ComposeProject;
import dev.devshell.compose.WatchRule;
import dev.devshell.ignore.IgnoreMatcher;
import dev.devshell.ignore.IgnoreRules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** The rules of {@code develop.watch} that lead to more than a sync, ready to be held against changed paths. */
final class WatchedFiles {
    private final List<Entry> entries = new ArrayList<>();

    WatchedFiles(ComposeProject project) {
        project.services()
                .values()
                .forEach(service -> service.watch().stream()
                        .filter(rule -> rule.action() != WatchRule.Action.SYNC)
                        .forEach(rule -> entries.add(new Entry(
                                service.name(),
                                rule,
                                WatchRoots.own(rule, "").stream()
                                        .map(IgnoreRules::matcher)
                                        .toList()))));
    }

    private record Entry(String service, WatchRule rule, List<IgnoreMatcher> ignore) {
        boolean matches(Path path) {
            if (!path.startsWith(rule.path())) {
                return false;
            }
            String relative = rule.path().relativize(path).toString();
            return relative.isEmpty()
                    || ignore.stream()
                            .noneMatch(
                                    matcher -> matcher.verdict(relative, false).ignored());
        }
    }

    /** Gives each service and rule that speak of a changed path. */
    void match(Path path, BiConsumer<String, WatchRule> consumer) {
        for (Entry entry : entries) {
            if (entry.matches(path)) {
                consumer.accept(entry.service(), entry.rule());
            }
        }
    }
}
