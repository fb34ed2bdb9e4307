package dev.devshell.session;

import dev.devshell.compose.SyncSettings;
import dev.devshell.ignore.GitIgnoreFile;
import dev.devshell.ignore.IgnoreRules;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What of one build context stays out of the sync.
 *
 * @param docker what the build itself leaves out
 * @param ignore what does not exist for the sync, {@code docker} included
 * @param quiet what is not code when a container makes it
 */
record ContextRules(IgnoreRules docker, List<IgnoreRules> ignore, List<IgnoreRules> quiet) {
    static ContextRules of(Path context, Optional<Path> dockerfile, SyncSettings settings) {
        IgnoreFiles files = new IgnoreFiles(context);
        IgnoreRules docker = files.docker(dockerfile);
        List<IgnoreRules> ignore = List.of(docker, files.devshell(), patterns(settings.ignore()), IgnoreRules.EDITORS);
        boolean all =
                settings.fromContainer().orElse(SyncSettings.FromContainer.CODE) == SyncSettings.FromContainer.ALL;
        return new ContextRules(
                docker,
                ignore.stream().filter(ContextRules::says).toList(),
                all ? List.of() : List.of(files.git(docker)));
    }

    private static boolean says(IgnoreRules rules) {
        return !rules.rules().isEmpty();
    }

    /** Reads patterns in gitignore syntax, from the root of the context. */
    static IgnoreRules patterns(List<String> patterns) {
        return IgnoreRules.git(List.of(new GitIgnoreFile("", String.join("\n", patterns))));
    }
}
