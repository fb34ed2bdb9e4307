package dev.devshell.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devshell.compose.ComposeProject;
import dev.devshell.compose.ComposeService;
import dev.devshell.compose.SyncSettings;
import dev.devshell.compose.WatchRule;
import dev.devshell.compose.WatchRule.Action;
import dev.devshell.sync.core.Digest;
import dev.devshell.sync.core.Node;
import dev.devshell.sync.host.HostChange;
import dev.devshell.sync.host.HostEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which changes concern more than the sync, and which rules of {@code develop.watch} speak of them. */
class ChangedFilesTests {
    @TempDir
    private Path context;

    private final List<ChangedFiles.Change> changes = new ArrayList<>();
    private int rules;

    private ChangedFiles files() {
        return new ChangedFiles(context, changes::add, () -> rules++);
    }

    private static HostChange file(String path) {
        return change(path, new Node.File(Digest.EMPTY, false));
    }

    private static HostChange change(String path, Node node) {
        return new HostChange(path, new HostEntry(node, 0644, 0, 0), null);
    }

    @Test
    void tellsWhatTheSyncWroteFromWhatSomebodyEdited() {
        files().changed(List.of(file("a"), file("b")));
        files().written(List.of(file("c")));

        assertThat(changes)
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("millis")
                .containsExactly(
                        new ChangedFiles.Change(List.of(context.resolve("a"), context.resolve("b")), false, 0),
                        new ChangedFiles.Change(List.of(context.resolve("c")), true, 0));
        assertThat(rules).isZero();
    }

    @Test
    void noticesIgnoreFilesAtAnyDepthThoughTheyAreIgnoredThemselves() throws IOException {
        files().changed(List.of(file("app/.gitignore")));
        files().ignored("lib/deep/.gitignore");
        files().ignored("log/development.log");
        assertThat(rules).isEqualTo(2);

        Files.createDirectories(context.resolve("new"));
        Files.writeString(context.resolve("new/.gitignore"), "*.tmp\n");
        files().changed(List.of(change("new", Node.directory())));
        assertThat(rules).isEqualTo(3);
    }

    private WatchRule rule(Action action, String path, List<String> ignore, List<String> include) {
        return new WatchRule(
                action, context.resolve(path), Optional.of("/x"), ignore, include, false, WatchRule.Exec.NONE);
    }

    private List<String> matches(String path, WatchRule... watch) {
        ComposeService service = new ComposeService(
                "web",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                false,
                "",
                "",
                List.of(),
                false,
                List.of(watch),
                SyncSettings.NONE);
        ComposeProject project = new ComposeProject("p", context, List.of(), Map.of("web", service), SyncSettings.NONE);
        List<String> found = new ArrayList<>();
        new WatchedFiles(project)
                .match(
                        context.resolve(path),
                        (name, rule) -> found.add(name + " " + rule.action().word()));
        return found;
    }

    @Test
    void holdsARulesIncludeAndIgnoreAgainstAChange() {
        WatchRule exec = rule(Action.SYNC_EXEC, "lib", List.of("vendor"), List.of("*.rb", "**/*.rb"));
        WatchRule rebuild = rule(Action.REBUILD, "package.json", List.of(), List.of());
        WatchRule sync = rule(Action.SYNC, "lib", List.of(), List.of());

        assertThat(matches("lib/a.rb", exec, rebuild, sync)).containsExactly("web sync+exec");
        assertThat(matches("lib/deep/a.rb", exec)).containsExactly("web sync+exec");
        assertThat(matches("lib/a.txt", exec)).isEmpty();
        assertThat(matches("lib/vendor/a.rb", exec)).isEmpty();
        assertThat(matches("library/a.rb", exec)).isEmpty();
        assertThat(matches("package.json", exec, rebuild)).containsExactly("web rebuild");
    }
}
