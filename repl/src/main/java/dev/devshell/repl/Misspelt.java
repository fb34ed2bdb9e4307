package dev.devshell.repl;

import java.util.Comparator;
import java.util.Optional;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Finds the command that somebody meant to type. */
final class Misspelt {
    private static final int NEAR = 2;

    private Misspelt() {}

    /** Returns what is wrong with a line, without the words of whoever parses it. */
    static String what(ParameterException failure) {
        if (!(failure instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return String.valueOf(failure.getMessage());
        }
        String typed = unmatched.getUnmatched().get(0);
        if (typed.startsWith("-")) {
            return "there is no option '" + typed + "'";
        }
        return failure.getCommandLine().getSubcommands().isEmpty()
                ? "'" + typed + "' is one word too many"
                : "there is no command '" + typed + "'";
    }

    static Optional<String> suggestion(ParameterException failure) {
        if (!(failure instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return Optional.empty();
        }
        String typed = unmatched.getUnmatched().get(0);
        return failure.getCommandLine().getSubcommands().keySet().stream()
                .filter(name -> !name.startsWith("_"))
                .filter(name -> distance(typed, name) <= NEAR)
                .min(Comparator.comparingInt(name -> distance(typed, name)));
    }

    /** How many letters have to be changed, added, dropped or swapped with their neighbour. */
    static int distance(String from, String to) {
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, from, to, i, j);
            }
        }
        return cost[from.length()][to.length()];
    }

    private static int cheapest(int[][] cost, String from, String to, int i, int j) {
        int change = cost[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int best = Math.min(change, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
