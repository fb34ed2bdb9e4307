package dev.devshell.ignore;

import java.util.stream.IntStream;

/** Reads one pattern of an ignore file and turns it into a canonical glob; how stars and classes read is the dialect's. */
abstract sealed class PatternReader permits DockerPattern, GitPattern {
    final String pattern;
    final CanonicalGlob glob;
    int at;
    /** Whether something before the place that is read has a meaning of its own. */
    boolean special;

    PatternReader(String pattern, CanonicalGlob glob) {
        this.pattern = pattern;
        this.glob = glob;
    }

    /**
     * Reads the pattern to its end.
     *
     * @throws IllegalArgumentException when it is none
     */
    final String canonical() {
        while (at < pattern.length()) {
            int c = next();
            if (c == '*') {
                stars();
            } else if (c == '?') {
                glob.raw("?");
            } else if (c == '[') {
                charClass();
            } else {
                glob.literal(unescaped(c));
            }
            special |= "*?[\\".indexOf(c) >= 0;
        }
        return glob.toString();
    }

    /** Reads what follows a star. */
    abstract void stars();

    /** Returns whether a class that begins here is negated, having read the sign. */
    abstract boolean negated();

    /** Reads one member of a class, or a range of them. */
    abstract void members(IntStream.Builder bounds);

    private void charClass() {
        boolean negated = negated();
        IntStream.Builder bounds = IntStream.builder();
        do {
            members(bounds);
        } while (!skip("]"));
        glob.charClass(negated, bounds.build().toArray());
    }

    final int next() {
        if (at >= pattern.length()) {
            throw new IllegalArgumentException("the pattern ends too early");
        }
        int codePoint = pattern.codePointAt(at);
        at += Character.charCount(codePoint);
        return codePoint;
    }

    final int unescaped(int c) {
        return c == '\\' ? next() : c;
    }

    /** Reads {@code text} if it is what follows. */
    final boolean skip(String text) {
        boolean follows = pattern.startsWith(text, at);
        at += follows ? text.length() : 0;
        return follows;
    }
}
