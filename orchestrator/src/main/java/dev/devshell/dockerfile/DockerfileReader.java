package dev.devshell.dockerfile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads lines into statements: directives, comments, continuations, here-documents. */
final class DockerfileReader {
    private static final Pattern DIRECTIVE = Pattern.compile("#\\s*([a-zA-Z][a-zA-Z0-9]*)\\s*=\\s*(.+?)\\s*");
    private static final Set<String> DIRECTIVES = Set.of("escape", "syntax", "check");
    private static final Set<String> WITH_HEREDOCS = Set.of("add", "copy", "run");

    private final Syntax syntax;
    private final List<String> lines;
    private final List<Statement> statements = new ArrayList<>();
    private final Set<String> directives = new HashSet<>();
    private boolean directivesOver;
    private char escape = '\\';
    private int next;

    private DockerfileReader(Syntax syntax, List<String> lines) {
        this.syntax = syntax;
        this.lines = lines;
    }

    static List<String> lines(String text) {
        String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return body.lines().toList();
    }

    static List<Statement> read(Syntax syntax, List<String> lines) {
        DockerfileReader reader = new DockerfileReader(syntax, lines);
        reader.readAll();
        return reader.statements;
    }

    private void readAll() {
        while (next < lines.size()) {
            String line = lines.get(next++).stripLeading();
            directive(line);
            if (!line.isEmpty() && !line.startsWith("#")) {
                statement(line, next);
            }
        }
    }

    private void directive(String line) {
        Matcher matcher = DIRECTIVE.matcher(line);
        if (directivesOver || !matcher.matches() || !DIRECTIVES.contains(lower(matcher.group(1)))) {
            directivesOver = true;
            return;
        }
        String name = lower(matcher.group(1));
        if (!directives.add(name)) {
            throw syntax.error(next, matcher.group(1), "only one # %s= may stand in a Dockerfile".formatted(name));
        }
        if (name.equals("escape")) {
            String value = matcher.group(2);
            if (!value.equals("\\") && !value.equals("`")) {
                throw syntax.error(next, value, "the escape character must be \\ or `, but was: " + value);
            }
            escape = value.charAt(0);
        }
    }

    private void statement(String begin, int line) {
        StringBuilder text = new StringBuilder();
        boolean goesOn = append(text, begin);
        while (goesOn && next < lines.size()) {
            String more = lines.get(next++);
            if (!more.isBlank() && !more.stripLeading().startsWith("#")) {
                goesOn = append(text, more);
            }
        }
        if (text.toString().isBlank()) {
            return;
        }
        Statement statement = split(text.toString().strip(), line);
        heredocs(statement);
        statements.add(statement);
    }

    /** Tells whether the next line belongs to it: an escape at the end, but not an escaped one. */
    private boolean append(StringBuilder text, String line) {
        int end = line.length();
        while (end > 0 && (line.charAt(end - 1) == ' ' || line.charAt(end - 1) == '\t')) {
            end--;
        }
        boolean goesOn = end > 0 && line.charAt(end - 1) == escape && (end == 1 || line.charAt(end - 2) != escape);
        text.append(line, 0, goesOn ? end - 1 : line.length());
        return goesOn;
    }

    private Statement split(String text, int line) {
        String[] parts = Words.first(text);
        FlagScanner flags = new FlagScanner(parts.length > 1 ? parts[1] : "");
        return new Statement(lower(parts[0]), flags.flags(), flags.rest().strip(), text, line, escape);
    }

    private void heredocs(Statement statement) {
        Statement inner =
                statement.keyword().equals("onbuild") ? split(statement.arguments(), statement.line()) : statement;
        if (!WITH_HEREDOCS.contains(inner.keyword()) || isJson(inner)) {
            return;
        }
        for (String word : Words.quoted(inner.arguments(), '\\')) {
            Heredoc.of(word).ifPresent(heredoc -> skip(heredoc, statement, word));
        }
    }

    private boolean isJson(Statement statement) {
        try {
            return Words.json(statement.arguments()).isPresent();
        } catch (IllegalArgumentException notStrings) {
            throw syntax.error(statement, "[", String.valueOf(notStrings.getMessage()));
        }
    }

    private void skip(Heredoc heredoc, Statement statement, String word) {
        while (next < lines.size()) {
            if (heredoc.endsAt(lines.get(next++))) {
                return;
            }
        }
        throw syntax.error(statement, word, "the here-document never ends: there is no line " + heredoc.name());
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
