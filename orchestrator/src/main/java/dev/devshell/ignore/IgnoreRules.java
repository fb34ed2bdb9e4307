package dev.devshell.ignore;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Rules in the order they stand in, later ones overruling earlier ones.
 *
 * <p>A line that its own tool would call malformed is dropped: it ignores nothing.
 */
public record IgnoreRules(Dialect dialect, List<IgnoreRule> rules) {
    /** Ignores nothing. */
    public static final IgnoreRules NONE = new IgnoreRules(Dialect.GIT, List.of());

    /** The temporary names that editors write beside a file they save. */
    public static final IgnoreRules EDITORS =
            anyDepth("*~", ".#*", "#*#", "4913", ".*.sw?", "*___jb_tmp___", "*___jb_old___");

    /**
     * What is never written from a container, as directory or as file: both can make the host run code. In any case of letters, for
     * a host that does not tell them apart.
     */
    public static final IgnoreRules PROTECTED = anyDepth(
            ".[gG][iI][tT]",
            ".[hH][gG]",
            ".[sS][vV][nN]",
            ".[dD][eE][vV][sS][hH][eE][lL][lL]",
            ".[eE][nN][vV][rR][cC]");

    public IgnoreRules {
        Objects.requireNonNull(dialect, "dialect");
        rules = List.copyOf(rules);
    }

    /** Reads a {@code .dockerignore} the way Docker reads it. */
    public static IgnoreRules docker(String text) {
        return new IgnoreRules(Dialect.DOCKER, DockerIgnoreSyntax.read(text));
    }

    /** Compiles patterns as {@code COPY --exclude} takes them: the syntax of {@code .dockerignore}, a pattern each. */
    public static IgnoreRules dockerPatterns(List<String> patterns) {
        return new IgnoreRules(
                Dialect.DOCKER,
                patterns.stream().flatMap(DockerIgnoreSyntax::rule).toList());
    }

    /** Reads gitignore files of one tree, in any order; the deeper one overrules. */
    public static IgnoreRules git(List<GitIgnoreFile> files) {
        return new IgnoreRules(
                Dialect.GIT,
                files.stream()
                        .sorted(Comparator.comparingInt(GitIgnoreFile::depth))
                        .flatMap(GitIgnoreSyntax::read)
                        .toList());
    }

    /** Returns the rules as they read from further up, where their root is the directory {@code base}; {@code ""} changes nothing. */
    public IgnoreRules under(String base) {
        if (base.isEmpty()) {
            return this;
        }
        String prefix = new CanonicalGlob().literal(base).raw("/").toString();
        return new IgnoreRules(
                dialect,
                rules.stream()
                        .map(rule -> new IgnoreRule(prefix + rule.glob(), rule.negated(), rule.directoryOnly()))
                        .toList());
    }

    /** Compiles the rules for matching; immutable and safe for any thread. */
    public IgnoreMatcher matcher() {
        return new IgnoreMatcher(this);
    }

    private static IgnoreRules anyDepth(String... globs) {
        return new IgnoreRules(
                Dialect.GIT,
                Stream.of(globs)
                        .map(glob -> new IgnoreRule("**/" + glob, false, false))
                        .toList());
    }
}
