package dev.devshell.dockerfile;

/** Matches one path component by the rules of Go's {@code filepath.Match}. A malformed pattern matches nothing. */
final class GoMatch {
    private final String pattern;
    private final String name;

    private GoMatch(String pattern, String name) {
        this.pattern = pattern;
        this.name = name;
    }

    static boolean matches(String pattern, String name) {
        try {
            return new GoMatch(pattern, name).run(0, 0);
        } catch (StringIndexOutOfBoundsException malformed) {
            return false;
        }
    }

    /** Tells whether a component is a pattern at all; an escape alone makes it none. */
    static boolean hasWildcard(String component) {
        for (int i = 0; i < component.length(); i++) {
            char c = component.charAt(i);
            if (c == '*' || c == '?' || c == '[') {
                return true;
            }
            i += c == '\\' ? 1 : 0;
        }
        return false;
    }

    private boolean run(int from, int begin) {
        int p = from;
        int n = begin;
        while (p < pattern.length()) {
            char c = pattern.charAt(p);
            if (c == '*') {
                return star(p + 1, n);
            }
            if (n >= name.length()) {
                return false;
            }
            int point = name.codePointAt(n);
            if (c == '[') {
                int end = charClass(p, point);
                if (end < 0) {
                    return false;
                }
                p = end;
            } else {
                p += c == '\\' ? 1 : 0;
                int wanted = pattern.codePointAt(p);
                if (c != '?' && wanted != point) {
                    return false;
                }
                p += Character.charCount(wanted);
            }
            n += Character.charCount(point);
        }
        return n == name.length();
    }

    private boolean star(int p, int begin) {
        for (int n = begin; n <= name.length(); n++) {
            if (run(p, n)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the index behind the class, negative where it does not hold the character. */
    private int charClass(int open, int point) {
        int p = open + 1;
        boolean negated = pattern.charAt(p) == '^';
        p += negated ? 1 : 0;
        boolean found = false;
        boolean first = true;
        while (first || pattern.charAt(p) != ']') {
            first = false;
            int[] low = member(p);
            int[] high = low;
            if (pattern.charAt(low[1]) == '-') {
                high = member(low[1] + 1);
            }
            found |= low[0] <= point && point <= high[0];
            p = high[1];
        }
        return found == negated ? -1 : p + 1;
    }

    private int[] member(int at) {
        char c = pattern.charAt(at);
        if (c == '-' || c == ']') {
            throw new StringIndexOutOfBoundsException(at);
        }
        int from = c == '\\' ? at + 1 : at;
        int point = pattern.codePointAt(from);
        return new int[] {point, from + Character.charCount(point)};
    }
}
