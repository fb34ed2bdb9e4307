package dev.devshell.sync.host;

import dev.devshell.ignore.IgnoreMatcher;
import java.util.List;

/** Says which paths of a tree do not exist for the sync. Called from several threads. */
@FunctionalInterface
public interface Ignored {
    /** Ignores nothing. */
    Ignored NOTHING = (path, directory) -> Verdict.INCLUDED;

    Verdict of(String path, boolean directory);

    /** Ignores what any of these lists of rules ignores. */
    static Ignored byAny(List<IgnoreMatcher> matchers) {
        List<IgnoreMatcher> all = List.copyOf(matchers);
        return (path, directory) -> {
            Verdict verdict = Verdict.INCLUDED;
            for (IgnoreMatcher matcher : all) {
                var one = matcher.verdict(path, directory);
                if (one.ignored() && !one.descend()) {
                    return Verdict.IGNORED;
                } else if (one.ignored()) {
                    verdict = Verdict.DESCEND;
                }
            }
            return verdict;
        };
    }

    /** What is to be done with a path. */
    enum Verdict {
        INCLUDED,
        /** Neither walked nor watched. */
        IGNORED,
        /** The directory itself is ignored, but something below it may not be. */
        DESCEND
    }
}
