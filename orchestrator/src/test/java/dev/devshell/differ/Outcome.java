package dev.devshell.differ;

import java.util.List;

/**
 * What came of one run.
 *
 * @param violations what the sync did wrong, a sentence each
 * @param summary figures of the run, for people
 */
record Outcome(List<String> violations, String summary) {
    boolean failed() {
        return !violations.isEmpty();
    }
}
