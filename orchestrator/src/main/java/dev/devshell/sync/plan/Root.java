package dev.devshell.sync.plan;

import dev.devshell.ignore.IgnoreRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One mapping: a file to a file, or the contents of a directory to a directory.
 *
 * @param container absolute path in the container
 * @param directory whether it is a directory's contents that are mapped
 * @param host where it comes from
 * @param flow which way changes go
 * @param ignore a path that one of these ignores does not exist for the sync; they speak of paths relative to the host path's context
 * @param quiet what is new in the container and one of these ignores is not code and not sent (the host's {@code .gitignore})
 * @param owner of new paths in the container, as {@code --chown} has it; {@code ""} for the parent's
 * @param mode of new paths in the container, as {@code --chmod} has it; -1 for the host's
 * @param origin the line that says so, for people: {@code Dockerfile:12 COPY . .}
 */
public record Root(
        String container,
        boolean directory,
        HostPath host,
        Flow flow,
        List<IgnoreRules> ignore,
        List<IgnoreRules> quiet,
        String owner,
        int mode,
        String origin) {
    /** Which way changes go. */
    public enum Flow {
        BOTH,
        TO_CONTAINER
    }

    public Root {
        if (!container.startsWith("/") || (container.length() > 1 && container.endsWith("/"))) {
            throw new IllegalArgumentException("a root is absolute and has no trailing slash, but was: " + container);
        }
        ignore = List.copyOf(ignore);
        quiet = List.copyOf(quiet);
    }

    /** Returns where the container path comes from, or null when it is not of this root. */
    public @Nullable HostPath hostOf(String path) {
        String below = Paths.below(container, path);
        return below == null || (!directory && !below.isEmpty())
                ? null
                : new HostPath(host.context(), Paths.join(host.path(), below));
    }

    /** Returns where the host path goes to, or null when it is not of this root. */
    public @Nullable String containerOf(HostPath path) {
        if (!path.context().equals(host.context())) {
            return null;
        }
        String below = Paths.belowRelative(host.path(), path.path());
        return below == null || (!directory && !below.isEmpty()) ? null : Paths.join(container, below);
    }
}
