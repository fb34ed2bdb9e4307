package dev.devshell.ignore;

import java.util.Map;
import java.util.stream.IntStream;

/** Turns one pattern of gitignore, without its leading {@code !} and trailing {@code /}, into a canonical glob. */
final class GitPattern {
    private static final Map<String, String> NAMED = Map.ofEntries(
            Map.entry("alnum", "09AZaz"),
            Map.entry("alpha", "AZaz"),
            Map.entry("blank", "\t\t  "),
            Map.entry("cntrl", "\0\u001F\u007F\u007F"),
            Map.entry("digit", "09"),
            Map.entry("graph", "!~"),
            Map.entry("lower", "az"),
            Map.entry("print", " ~"),
            Map.entry("punct", "!/:@[`{~"),
            Map.entry("space", "\t\r  "),
            Map.entry("upper", "AZ"),
            Map.entry("xdigit", "09AFaf"));

    private final String pattern;
    private final CanonicalGlob glob;
    private final boolean name;
    private boolean special;
    private int at;

    /** @param name whether the pattern is held against the last component only */
    GitPattern(String pattern, CanonicalGlob glob, boolean name) {
        this.pattern = pattern;
        this.glob = glob;
        this.name = name;
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
            special |= "*?[\\".indexOf(c) >= 0;
        }
        return glob.toString();
    }

    /** Two or more are special only between slashes; git also takes the literal beginning of the pattern for one. */
    private void stars() {
        int from = at - 1;
        while (pattern.startsWith("*", at)) {
            at++;
        }
        boolean opens = !special || pattern.charAt(from - 1) == '/';
        if (at - from == 1 || name || !opens) {
            glob.raw("*");
        } else if (at == pattern.length()) {
            glob.raw("**");
        } else if (pattern.startsWith("/", at)) {
            at++;
            glob.raw("**/");
        } else {
            glob.raw("*");
        }
    }

    private void charClass() {
        boolean negated = pattern.startsWith("!", at) || pattern.startsWith("^", at);
        at += negated ? 1 : 0;
        IntStream.Builder bounds = IntStream.builder();
        do {
            if (pattern.startsWith("[:", at)) {
                named(bounds);
            } else {
                range(bounds);
            }
        } while (!pattern.startsWith("]", at));
        at++;
        glob.charClass(negated, bounds.build().toArray());
    }

    private void range(IntStream.Builder bounds) {
        int low = member();
        boolean range = pattern.startsWith("-", at) && !pattern.startsWith("-]", at);
        at += range ? 1 : 0;
        bounds.add(low).add(range ? member() : low);
    }

    private int member() {
        int c = next();
        return c == '\\' ? next() : c;
    }

    private void named(IntStream.Builder bounds) {
        int end = pattern.indexOf(":]", at + 2);
        String members = end < 0 ? null : NAMED.get(pattern.substring(at + 2, end));
        if (members == null) {
            throw new IllegalArgumentException("no such class");
        }
        members.chars().forEach(bounds::add);
        at = end + 2;
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
