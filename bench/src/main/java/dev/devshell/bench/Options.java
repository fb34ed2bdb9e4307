package dev.devshell.bench;

import java.util.List;

/**
 * What to measure.
 *
 * @param quick few trials, no large tree
 * @param rivals the peers too
 * @param rivalsLarge the peers in the large tree too
 * @param json one JSON object on stdout instead of the table
 */
record Options(boolean quick, boolean rivals, boolean rivalsLarge, boolean json) {
    static final String USAGE = """
            usage: bench/run [--quick] [--rivals] [--rivals-large] [--json]

            Measures the sync from the host, and prints a table with ratios to the floor.
              --quick         few trials, no tree of 50,000 files (a minute)
              --rivals        docker compose watch and Unison beside it (some minutes more)
              --rivals-large  those among 50,000 files too
              --json          one JSON object on stdout instead of the table
            It needs root, for it looks into containers through /proc.""";

    static Options parse(List<String> arguments) {
        List<String> known = List.of("--quick", "--rivals", "--rivals-large", "--json");
        for (String argument : arguments) {
            if (!known.contains(argument)) {
                throw new IllegalArgumentException("an option is one of " + known + ", but was: " + argument);
            }
        }
        boolean large = arguments.contains("--rivals-large");
        return new Options(
                arguments.contains("--quick"),
                large || arguments.contains("--rivals"),
                large,
                arguments.contains("--json"));
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
