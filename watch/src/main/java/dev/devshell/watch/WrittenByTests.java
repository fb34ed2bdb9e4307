package dev.devshell.watch;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells the files that tests write themselves, without saying so, from those that a person saves while they run: a file that
 * changes in one run after the other, each cancelled for it, is the tests' own.
 */
final class WrittenByTests {
    /** A person may well save the same file in the middle of two runs; and of a third. */
    private static final int RUNS = 4;

    private final TestScreen screen;
    private final Map<Path, Seen> seen = new HashMap<>();

    WrittenByTests(TestScreen screen) {
        this.screen = screen;
    }

    private record Seen(int lastRun, int inARow) {}

    /** Takes a file that has changed during a run, and returns whether it is to be taken for the tests' own. */
    boolean test(Path file, int run) {
        Seen before = seen.getOrDefault(file, new Seen(run, 0));
        int inARow = before.lastRun() == run
                ? Math.max(1, before.inARow())
                : before.lastRun() == run - 1 ? before.inARow() + 1 : 1;
        seen.put(file, new Seen(run, inARow));
        if (inARow == RUNS && before.lastRun() != run) {
            screen.say(
                    file + " changes whenever the tests run: it is taken to be written by them, and starts no run while"
                            + " they do");
        }
        return inARow >= RUNS;
    }
}
