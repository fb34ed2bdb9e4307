package dev.devshell.bench;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What to measure.
 *
 * @param quick few trials, no large tree
 * @param rivals the peers too: which
 * @param rivalsLarge the peers in the large tree too
 * @param only the scenarios to run
 * @param json one JSON object on stdout instead of the table
 */
record Options(boolean quick, Set<Rival> rivals, boolean rivalsLarge, Set<Scenario> only, boolean json) {
    static final String USAGE = """
            usage: bench/run [--quick] [--rivals[=NAME,...]] [--rivals-large] [--only SCENARIO,...] [--json]

            Measures the sync from the host, and prints a table with ratios to the floor.
              --quick         few trials, no tree of 50,000 files (a minute)
              --rivals        its peers beside it (some minutes more), all or some of: compose-watch, unison, syncthing,
                              mutagen (that where it is on the PATH)
              --rivals-large  those among 50,000 files too
              --only          some of: edits, large-file, many-files, large-tree, first-sync, huge-file, million,
                              far (behind a line of 25 ms each way), verdict (from a save to its test's verdict in
                              the Rails example; alone only), typing (into the shell under 100,000 log lines)
              --json          one JSON object on stdout instead of the table
            It needs root, for it looks into containers through /proc.""";

    /** What can be measured beside devshell, in this order. */
    enum Rival {
        COMPOSE_WATCH,
        UNISON,
        SYNCTHING,
        MUTAGEN
    }

    /** What can be measured by itself. */
    enum Scenario {
        EDITS,
        LARGE_FILE,
        MANY_FILES,
        LARGE_TREE,
        FIRST_SYNC,
        HUGE_FILE,
        MILLION,
        FAR,
        VERDICT,
        TYPING
    }

    static Options parse(List<String> arguments) {
        List<String> left = new ArrayList<>(arguments);
        Set<Scenario> only = EnumSet.allOf(Scenario.class);
        int at = left.indexOf("--only");
        if (at >= 0 && at + 1 < left.size()) {
            left.remove(at);
            only = named("--only", Scenario.class, left.remove(at));
        }
        boolean quick = left.remove("--quick");
        boolean large = left.remove("--rivals-large");
        Set<Rival> rivals = rivals(left, large);
        boolean json = left.remove("--json");
        if (!left.isEmpty()) {
            throw new IllegalArgumentException("not an option, or given twice, but was: " + left.get(0));
        }
        return new Options(quick, rivals, large, only, json);
    }

    private static Set<Rival> rivals(List<String> left, boolean large) {
        for (String option : List.copyOf(left)) {
            if (option.startsWith("--rivals=")) {
                left.remove(option);
                return named("--rivals", Rival.class, option.substring("--rivals=".length()));
            }
        }
        return left.remove("--rivals") || large ? EnumSet.allOf(Rival.class) : EnumSet.noneOf(Rival.class);
    }

    /** Reads words with commas between them. */
    private static <E extends Enum<E>> Set<E> named(String option, Class<E> kind, String words) {
        Set<E> all = EnumSet.allOf(kind);
        Set<E> named = EnumSet.noneOf(kind);
        for (String word : words.split(",", -1)) {
            named.add(all.stream()
                    .filter(each -> word(each).equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(option + " takes one of "
                            + all.stream().map(Options::word).toList() + ", but was: " + word)));
        }
        return named;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
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

    int verdicts() {
        return quick ? 10 : 30;
    }

    int rounds() {
        return quick ? 2 : 5;
    }

    int firstSyncs() {
        return quick ? 1 : 3;
    }

    int idleSeconds() {
        return quick ? 20 : 60;
    }
}
