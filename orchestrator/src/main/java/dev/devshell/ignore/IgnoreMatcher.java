package dev.devshell.ignore;

import java.util.List;

/**
 * Applies a list of rules to paths. Immutable.
 *
 * <p>A walk passes each directory's verdict on to its children through {@link #below}, so that a path costs one look at
 * each rule however deep it lies; {@link #verdict} starts from the root.
 */
public final class IgnoreMatcher {
    private final Dialect dialect;
    private final IgnoreRule[] rules;
    private final Glob[] globs;

    IgnoreMatcher(IgnoreRules source) {
        List<IgnoreRule> list = source.rules();
        dialect = source.dialect();
        rules = list.toArray(IgnoreRule[]::new);
        globs = list.stream().map(rule -> Glob.compile(rule.glob())).toArray(Glob[]::new);
    }

    /** Judges a path relative to the root, {@code /}-separated and clean; {@code ""} is the root. */
    public Verdict verdict(String path, boolean directory) {
        Verdict verdict = Verdict.ROOT;
        if (path.isEmpty() || rules.length == 0) {
            return directory ? verdict : new Verdict(false, false, -1);
        }
        for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
            verdict = below(verdict, path, end, true);
        }
        return below(verdict, path, path.length(), directory);
    }

    /** Judges a path whose parent directory got the verdict {@code parent}, with the same outcome as {@link #verdict}. */
    public Verdict below(Verdict parent, String path, boolean directory) {
        return below(parent, path, path.length(), directory);
    }

    private Verdict below(Verdict parent, String path, int end, boolean directory) {
        return switch (dialect) {
            case GIT -> git(parent, path, end, directory);
            case DOCKER -> docker(parent, path, end, directory);
        };
    }

    private Verdict git(Verdict parent, String path, int end, boolean directory) {
        if (parent.ignored()) {
            return new Verdict(true, false, parent.rule());
        }
        int rule = lastMatch(-1, path, end, directory);
        boolean ignored = rule >= 0 && !rules[rule].negated();
        return new Verdict(ignored, directory && !ignored, rule);
    }

    private Verdict docker(Verdict parent, String path, int end, boolean directory) {
        int rule = lastMatch(parent.rule(), path, end, directory);
        boolean ignored = rule >= 0 && !rules[rule].negated();
        return new Verdict(ignored, directory && (!ignored || keepsBelow(rule, path, end)), rule);
    }

    /** The last rule after {@code floor} that matches, or {@code floor}: an earlier one could not overrule it. */
    private int lastMatch(int floor, String path, int end, boolean directory) {
        for (int i = rules.length - 1; i > floor; i--) {
            if ((directory || !rules[i].directoryOnly()) && globs[i].matches(path, end)) {
                return i;
            }
        }
        return floor;
    }

    private boolean keepsBelow(int decided, String path, int end) {
        for (int i = rules.length - 1; i > decided; i--) {
            if (rules[i].negated() && globs[i].canMatchBelow(path, end)) {
                return true;
            }
        }
        return false;
    }
}
