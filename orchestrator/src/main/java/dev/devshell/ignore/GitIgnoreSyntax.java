package dev.devshell.ignore;

import java.util.stream.Stream;

/** Reads gitignore files as git does. */
final class GitIgnoreSyntax {
    private GitIgnoreSyntax() {}

    static Stream<IgnoreRule> read(GitIgnoreFile file) {
        String text = file.text();
        String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return Stream.of(body.split("\n", -1))
                .map(line -> line.endsWith("\r") ? line.substring(0, line.length() - 1) : line)
                .filter(line -> !line.startsWith("#"))
                .map(GitIgnoreSyntax::withoutTrailingSpaces)
                .flatMap(line -> rule(file.base(), line));
    }

    private static Stream<IgnoreRule> rule(String base, String line) {
        boolean negated = line.startsWith("!");
        String pattern = negated ? line.substring(1) : line;
        boolean directoryOnly = pattern.endsWith("/");
        if (directoryOnly) {
            pattern = pattern.substring(0, pattern.length() - 1);
        }
        if (pattern.isEmpty()) {
            return Stream.empty();
        }
        try {
            return Stream.of(new IgnoreRule(canonical(base, pattern), negated, directoryOnly));
        } catch (IllegalArgumentException malformed) {
            return Stream.empty();
        }
    }

    private static String canonical(String base, String pattern) {
        CanonicalGlob glob = new CanonicalGlob();
        if (!base.isEmpty()) {
            glob.literal(base).raw("/");
        }
        if (pattern.indexOf('/') < 0) {
            glob.raw("**/");
            return new GitPattern(pattern, glob, true).canonical();
        }
        String anchored = pattern.startsWith("/") ? pattern.substring(1) : pattern;
        if (anchored.isEmpty()) {
            throw new IllegalArgumentException("the pattern is empty");
        }
        return new GitPattern(anchored, glob, false).canonical();
    }

    /** A space stays where a backslash stands before it, or anything else after it. */
    private static String withoutTrailingSpaces(String line) {
        int end = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\') {
                i++;
                end = Math.min(i + 1, line.length());
            } else if (c != ' ') {
                end = i + 1;
            }
        }
        return line.substring(0, end);
    }
}
