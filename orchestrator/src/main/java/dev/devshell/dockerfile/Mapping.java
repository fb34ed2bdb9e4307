package dev.devshell.dockerfile;

import dev.devshell.ignore.Dialect;
import dev.devshell.ignore.IgnoreRule;
import dev.devshell.ignore.IgnoreRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A host path and the container path that one {@code COPY} or {@code ADD} ties it to.
 *
 * @param context name of the context it is copied from, {@code ""} for the main one
 * @param source path relative to the context's root, {@code ""} for the root; links in it are followed already
 * @param target absolute path in the container, clean
 * @param directory whether the contents of a directory go into a directory; else a file is a file
 * @param chown as {@code --chown} says it, variables filled in
 * @param chmod as {@code --chmod} says it, octal or symbolic
 * @param includes patterns relative to the source of what {@code --parents} takes from it; none means everything
 * @param excludes patterns of {@code --exclude}, relative to the source
 * @param line of the instruction in the Dockerfile; an {@code ONBUILD} of the base image has the line of its {@code FROM}
 * @param stage name of the stage, or its number
 * @param instruction the instruction as one line
 */
public record Mapping(
        String context,
        String source,
        String target,
        boolean directory,
        @Nullable String chown,
        @Nullable String chmod,
        List<String> includes,
        List<String> excludes,
        int line,
        String stage,
        String instruction) {
    public Mapping {
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(source, "source");
        if (!target.startsWith("/")) {
            throw new IllegalArgumentException("target must be absolute, but was: " + target);
        }
        includes = List.copyOf(includes);
        excludes = List.copyOf(excludes);
    }

    /** Returns what of the directory is not copied, as rules on paths relative to the context; each set ignores on its own. */
    public List<IgnoreRules> rules() {
        List<IgnoreRules> sets = new ArrayList<>();
        if (directory && !includes.isEmpty()) {
            List<IgnoreRule> rules = new ArrayList<>();
            rules.add(new IgnoreRule("**", false, false));
            for (IgnoreRule rule : IgnoreRules.dockerPatterns(includes).rules()) {
                rules.add(new IgnoreRule(rule.glob(), !rule.negated(), false));
            }
            sets.add(new IgnoreRules(Dialect.DOCKER, rules).under(source));
        }
        if (directory && !excludes.isEmpty()) {
            sets.add(IgnoreRules.dockerPatterns(excludes).under(source));
        }
        return sets;
    }

    /** Returns where a container path lies in the context, if this mapping reaches it; rules are not asked. */
    public Optional<String> sourceOf(String containerPath) {
        return translate(containerPath, target, source);
    }

    /** Returns where a path of the context lies in the container, if this mapping reaches it; rules are not asked. */
    public Optional<String> targetOf(String contextPath) {
        return source.isEmpty()
                ? Optional.of(UnixPaths.join(target, contextPath))
                : translate(contextPath, source, target);
    }

    private Optional<String> translate(String path, String from, String to) {
        if (path.equals(from)) {
            return Optional.of(to);
        }
        boolean below = directory && path.startsWith(from.equals("/") ? from : from + "/");
        return below
                ? Optional.of(UnixPaths.join(to, path.substring(from.equals("/") ? 1 : from.length() + 1)))
                : Optional.empty();
    }
}
