package dev.devshell.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What to measure.
 *
 * @param quick few trials, no large tree
 * @param rivals the peers too
 * @param rivalsLarge the peers in the large tree too
 * @param only the scenarios to run
 * @param json one JSON object on stdout instead of the table
 */
record Options(boolean quick, boolean rivals, boolean rivalsLarge, Set<Scenario> only, boolean json) {
    static final String USAGE = """
            usage: bench/run [--quick] [--rivals] [--rivals-large] [--only SCENARIO,...] [--json]

            Measures the sync from the host, and prints a table with ratios to the floor.
              --quick         few trials, no tree of 50,000 files (a minute)
              --rivals        docker compose watch and Unison beside it (some minutes more)
              --rivals-large  those among 50,000 files too
              --only          some of: edits, large-file, many-files, large-tree, first-sync, huge-file, million
              --json          one JSON object on stdout instead of the table
            It needs root, for it looks into containers through /proc.""";

    /** What can be measured by itself. */
    enum Scenario {
        EDITS,
        LARGE_FILE,
        MANY_FILES,
        LARGE_TREE,
        FIRST_SYNC,
        HUGE_FILE,
        MILLION;

        private static Scenario of(String word) {
            return Arrays.stream(values())
                    .filter(scenario -> scenario.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("--only takes a scenario, but was: " + word));
        }

        private String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    static Options parse(List<String> arguments) {
        List<String> left = new ArrayList<>(arguments);
        Set<Scenario> only = EnumSet.allOf(Scenario.class);
        int at = left.indexOf("--only");
        if (at >= 0 && at + 1 < left.size()) {
            left.remove(at);
            only = EnumSet.noneOf(Scenario.class);
            for (String word : left.remove(at).split(",", -1)) {
                only.add(Scenario.of(word));
            }
        }
        boolean quick = left.remove("--quick");
        boolean large = left.remove("--rivals-large");
        boolean rivals = left.remove("--rivals");
        boolean json = left.remove("--json");
        if (!left.isEmpty()) {
            throw new IllegalArgumentException("not an option, or given twice, but was: " + left.get(0));
        }
        return new Options(quick, large || rivals, large, only, json);
    }

    boolean runs(Scenario scenario) {
        return only.contains(scenario);
    }

    int edits() {
        return quick ? 15 : 60;
    }

    int rivalEdits() {
        return quick ? 3 : 8;
    }

    int rounds() {
        return quick ? 2 : 5;
    }

    int firstSyncs() {
        return quick ? 1 : 3;
    }

    int idleSeconds() {
        return quick ? 10 : 30;
    }
}
