package dev.devshell.ignore;

import java.util.stream.IntStream;

/** Turns one cleaned pattern of Docker's into a canonical glob. */
final class DockerPattern {
    private final String pattern;
    private final CanonicalGlob glob = new CanonicalGlob();
    private int at;

    DockerPattern(String pattern) {
        this.pattern = pattern;
    }

    String canonical() {
        while (at < pattern.length()) {
            int c = next();
            if (c == '*') {
                stars();
            } else if (c == '?') {
                glob.raw("?");
            } else if (c == '[') {
                charClass();
            } else {
                glob.literal(c == '\\' ? next() : c);
            }
        }
        return glob.toString();
    }

    private void stars() {
        if (!pattern.startsWith("*", at)) {
            glob.raw("*");
            return;
        }
        boolean first = at == 1;
        at++;
        if (pattern.startsWith("/", at)) {
            at++;
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

    private void charClass() {
        boolean negated = pattern.startsWith("^", at);
        at += negated ? 1 : 0;
        IntStream.Builder bounds = IntStream.builder();
        do {
            int low = member();
            boolean range = pattern.startsWith("-", at);
            at += range ? 1 : 0;
            bounds.add(low).add(range ? member() : low);
        } while (!pattern.startsWith("]", at));
        at++;
        glob.charClass(negated, bounds.build().toArray());
    }

    private int member() {
        int c = next();
        if (c == '-' || c == ']') {
            throw new IllegalArgumentException("unescaped " + (char) c + " in a class");
        }
        return c == '\\' ? next() : c;
    }

    private int next() {
        if (at >= pattern.length()) {
            throw new IllegalArgumentException("the pattern ends too early");
        }
        int codePoint = pattern.codePointAt(at);
        at += Character.charCount(codePoint);
        return codePoint;
    }
}
