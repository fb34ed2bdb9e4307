package dev.devshell.ignore;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** Reads {@code .dockerignore} lines, and the patterns of {@code COPY --exclude}, as BuildKit does. */
final class DockerIgnoreSyntax {
    private DockerIgnoreSyntax() {}

    static List<IgnoreRule> read(String text) {
        String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return body.lines()
                .filter(line -> !line.startsWith("#"))
                .map(DockerIgnoreSyntax::relative)
                .flatMap(DockerIgnoreSyntax::rule)
                .toList();
    }

    /** Only in a file does a leading {@code /} mean the root of the context. */
    private static String relative(String line) {
        String pattern = trim(line);
        boolean negated = pattern.startsWith("!");
        String path = negated ? trim(pattern.substring(1)) : pattern;
        String clean = path.isEmpty() ? path : clean(path);
        String relative = clean.length() > 1 && clean.startsWith("/") ? clean.substring(1) : clean;
        return negated ? "!" + relative : relative;
    }

    static Stream<IgnoreRule> rule(String pattern) {
        String trimmed = trim(pattern);
        if (trimmed.isEmpty()) {
            return Stream.empty();
        }
        String clean = clean(trimmed);
        boolean negated = clean.startsWith("!");
        String path = negated ? clean.substring(1) : clean;
        try {
            return path.isEmpty()
                    ? Stream.empty()
                    : Stream.of(new IgnoreRule(new DockerPattern(path).canonical(), negated, false));
        } catch (IllegalArgumentException malformed) {
            return Stream.empty();
        }
    }

    /** The shortest equivalent of a path, as Go's {@code filepath.Clean} finds it. */
    static String clean(String path) {
        boolean rooted = path.startsWith("/");
        Deque<String> kept = new ArrayDeque<>();
        for (String segment : path.split("/", -1)) {
            if (segment.equals("..") && !kept.isEmpty() && !kept.getLast().equals("..")) {
                kept.removeLast();
            } else if (!segment.isEmpty() && !segment.equals(".") && !(segment.equals("..") && rooted)) {
                kept.addLast(segment);
            }
        }
        String joined = String.join("/", kept);
        return rooted ? "/" + joined : joined.isEmpty() ? "." : joined;
    }

    private static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || c == '\u0085' || Character.isSpaceChar(c);
    }
}
