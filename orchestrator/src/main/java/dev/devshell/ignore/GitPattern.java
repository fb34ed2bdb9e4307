package dev.devshell.ignore;

import java.util.Map;
import java.util.stream.IntStream;

/** Turns one pattern of gitignore, without its leading {@code !} and trailing {@code /}, into a canonical glob. */
final class GitPattern extends PatternReader {
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

    private final boolean name;

    /** @param name whether the pattern is held against the last component only */
    GitPattern(String pattern, CanonicalGlob glob, boolean name) {
        super(pattern, glob);
        this.name = name;
    }

    /** Two or more are special only between slashes; git also takes the literal beginning of the pattern for one. */
    @Override
    void stars() {
        int from = at - 1;
        while (pattern.startsWith("*", at)) {
            at++;
        }
        boolean opens = !special || pattern.charAt(from - 1) == '/';
        if (at - from == 1 || name || !opens) {
            glob.raw("*");
        } else if (at == pattern.length()) {
            glob.raw("**");
        } else if (skip("/")) {
            glob.raw("**/");
        } else {
            glob.raw("*");
        }
    }

    @Override
    boolean negated() {
        return skip("!") || skip("^");
    }

    @Override
    void members(IntStream.Builder bounds) {
        if (pattern.startsWith("[:", at)) {
            named(bounds);
            return;
        }
        int low = member();
        boolean range = !pattern.startsWith("-]", at) && skip("-");
        bounds.add(low).add(range ? member() : low);
    }

    private int member() {
        return unescaped(next());
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
}
