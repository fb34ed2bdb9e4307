package dev.devshell.session;

import dev.devshell.ignore.IgnoreMatcher;
import dev.devshell.ignore.IgnoreRules;
import java.nio.file.Path;
import java.util.List;

/**
 * A file or directory that a build step used before the code was copied: the image is stale once it is another.
 *
 * @param context the build context that it lies in
 * @param source relative to it
 * @param directory whether everything below counts
 * @param ignore what does not count
 * @param step that is stale then
 * @param origin where that step stands, like {@code Dockerfile:4}
 */
record Trigger(Path context, String source, boolean directory, List<IgnoreRules> ignore, String step, String origin) {
    Trigger {
        ignore = List.copyOf(ignore);
    }

    /** Returns the matchers of {@link #ignore()}, to be kept by whoever asks often. */
    List<IgnoreMatcher> matchers() {
        return ignore.stream().map(IgnoreRules::matcher).toList();
    }

    Path root() {
        return context.resolve(source);
    }
}
