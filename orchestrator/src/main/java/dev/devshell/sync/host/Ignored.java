package dev.devshell.sync.host;

/** Says which paths of a tree do not exist for the sync. Called from several threads. */
@FunctionalInterface
public interface Ignored {
    /** Ignores nothing. */
    Ignored NOTHING = (path, directory) -> Verdict.INCLUDED;

    Verdict of(String path, boolean directory);

    /** What is to be done with a path. */
    enum Verdict {
        INCLUDED,
        /** Neither walked nor watched. */
        IGNORED,
        /** The directory itself is ignored, but something below it may not be. */
        DESCEND
    }
}
