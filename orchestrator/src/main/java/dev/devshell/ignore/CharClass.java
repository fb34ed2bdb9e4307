package dev.devshell.ignore;

/** A set of code points; {@code /} is in none. */
final class CharClass {
    private final boolean negated;
    private final int[] bounds;

    /** @param bounds in pairs, both included */
    CharClass(boolean negated, int[] bounds) {
        this.negated = negated;
        this.bounds = bounds.clone();
    }

    boolean contains(int codePoint) {
        if (codePoint == '/') {
            return false;
        }
        for (int i = 0; i < bounds.length; i += 2) {
            if (bounds[i] <= codePoint && codePoint <= bounds[i + 1]) {
                return !negated;
            }
        }
        return negated;
    }
}
