package dev.devshell.ignore;

import java.util.stream.IntStream;

/** Turns one cleaned pattern of Docker's into a canonical glob. */
final class DockerPattern extends PatternReader {
    DockerPattern(String pattern) {
        super(pattern, new CanonicalGlob());
    }

    @Override
    void stars() {
        boolean first = at == 1;
        if (!skip("*")) {
            glob.raw("*");
            return;
        }
        if (skip("/")) {
            glob.raw(at == pattern.length() ? "**" : "**/");
        } else {
            glob.raw(at == pattern.length() || (first && plain()) ? "**" : "**/");
        }
    }

    /**
     * Docker compares the end of the path where nothing but a leading {@code **} is special, so {@code **foo} takes
     * {@code barfoo}; with any other special character in it, it takes whole segments.
     */
    private boolean plain() {
        return pattern.substring(at).chars().noneMatch(c -> "*?[]\\".indexOf(c) >= 0);
    }

    @Override
    boolean negated() {
        return skip("^");
    }

    @Override
    void members(IntStream.Builder bounds) {
        int low = member();
        bounds.add(low).add(skip("-") ? member() : low);
    }

    private int member() {
        int c = next();
        if (c == '-' || c == ']') {
            throw new IllegalArgumentException("unescaped " + (char) c + " in a class");
        }
        return unescaped(c);
    }
}
