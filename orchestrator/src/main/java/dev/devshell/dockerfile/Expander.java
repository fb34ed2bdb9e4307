package dev.devshell.dockerfile;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Fills in variables, and takes quotes and escapes off, the way BuildKit does it with one word.
 *
 * <p>{@code $X}, {@code ${X}}, {@code ${X-word}}, {@code ${X:-word}}, {@code +} and {@code ?} alike, {@code ${X#pattern}},
 * {@code ##}, {@code %}, {@code %%}, {@code ${X/pattern/word}} and {@code //}.
 */
final class Expander {
    private final String text;
    private final char escape;
    private final Variables variables;
    private int at;

    private Expander(String text, char escape, Variables variables) {
        this.text = text;
        this.escape = escape;
        this.variables = variables;
    }

    /** Where variables come from. */
    @FunctionalInterface
    interface Variables {
        /** Returns the value, or null where the variable is not set. */
        @Nullable
        String get(String name);
    }

    /** @throws IllegalArgumentException saying what is wrong with the word */
    static String expand(String word, char escape, Variables variables) {
        return new Expander(word, escape, variables).until('\0', false);
    }

    static UnaryOperator<String> with(char escape, Variables variables) {
        return word -> expand(word, escape, variables);
    }

    /** Reads up to an unquoted stop character, and past it; {@code \0} is the end. */
    private String until(char stop, boolean keepEscapes) {
        StringBuilder result = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == stop && stop != '\0') {
                at++;
                return result.toString();
            }
            switch (c) {
                case '\'' -> result.append(singleQuoted());
                case '"' -> result.append(doubleQuoted(keepEscapes));
                case '$' -> result.append(dollar());
                default -> plain(result, keepEscapes);
            }
        }
        if (stop != '\0') {
            throw new IllegalArgumentException("a ${ is not closed: " + stop + " is missing");
        }
        return result.toString();
    }

    private void plain(StringBuilder result, boolean keepEscapes) {
        char c = text.charAt(at++);
        if (c != escape) {
            result.append(c);
            return;
        }
        if (keepEscapes) {
            result.append(c);
        }
        if (at < text.length()) {
            result.append(text.charAt(at++));
        }
    }

    private String singleQuoted() {
        int end = text.indexOf('\'', at + 1);
        if (end < 0) {
            throw new IllegalArgumentException("a ' is not closed");
        }
        String quoted = text.substring(at + 1, end);
        at = end + 1;
        return quoted;
    }

    private String doubleQuoted(boolean keepEscapes) {
        StringBuilder result = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return result.toString();
            } else if (c == '$') {
                result.append(dollar());
            } else if (c == escape) {
                escaped(result, keepEscapes);
            } else {
                result.append(c);
                at++;
            }
        }
        throw new IllegalArgumentException("a \" is not closed");
    }

    /** Inside double quotes an escape counts before {@code "}, {@code $} and itself only. */
    private void escaped(StringBuilder result, boolean keepEscapes) {
        at++;
        if (keepEscapes) {
            result.append(escape);
        }
        if (at >= text.length()) {
            return;
        }
        char c = text.charAt(at);
        if (c == '"' || c == '$' || c == escape) {
            result.append(c);
            at++;
        } else {
            result.append(escape);
        }
    }

    private String dollar() {
        at++;
        if (!text.startsWith("{", at)) {
            String name = name();
            return name.isEmpty() ? "$" : value(name);
        }
        at++;
        if (at < text.length() && "{}:".indexOf(text.charAt(at)) >= 0) {
            throw new IllegalArgumentException("a ${ has no name");
        }
        String name = name();
        char operator = next();
        return switch (operator) {
            case '}' -> value(name);
            case ':' -> choose(name, next(), true);
            case '-', '+', '?' -> choose(name, operator, false);
            case '#', '%' -> trim(name, operator);
            case '/' -> replace(name);
            default -> throw unknown(String.valueOf(operator));
        };
    }

    private String choose(String name, char operator, boolean emptyIsUnset) {
        if (operator == '#' || operator == '%') {
            return trim(name, operator);
        }
        String word = until('}', false);
        String value = variables.get(name);
        boolean unset = value == null || (emptyIsUnset && value.isEmpty());
        return switch (operator) {
            case '-' -> value == null || unset ? word : value;
            case '+' -> unset ? "" : word;
            case '?' -> {
                if (value == null || unset) {
                    String state = value == null ? "unset" : "empty";
                    throw new IllegalArgumentException(name + ": " + (word.isEmpty() ? "must not be " + state : word));
                }
                yield value;
            }
            default -> throw unknown((emptyIsUnset ? ":" : "") + operator);
        };
    }

    private String trim(String name, char operator) {
        String pattern = until('}', true);
        boolean longest = pattern.startsWith(String.valueOf(operator));
        ShellPattern shell = new ShellPattern(longest ? pattern.substring(1) : pattern);
        String value = value(name);
        return operator == '#' ? shell.withoutPrefix(value, longest) : shell.withoutSuffix(value, longest);
    }

    private String replace(String name) {
        boolean all = text.startsWith("/", at);
        at += all ? 1 : 0;
        String pattern = until('/', true);
        String replacement = until('}', true);
        return new ShellPattern(pattern).replace(value(name), replacement, all);
    }

    /** Letters, digits and {@code _}; or digits alone; or one special character, as in a shell. */
    private String name() {
        int from = at;
        if (at < text.length() && Character.isDigit(text.charAt(at))) {
            while (at < text.length() && Character.isDigit(text.charAt(at))) {
                at++;
            }
        } else if (at < text.length() && "@*#?-$!".indexOf(text.charAt(at)) >= 0) {
            at++;
        } else {
            while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
                at++;
            }
        }
        return text.substring(from, at);
    }

    private String value(String name) {
        String value = variables.get(name);
        return value == null ? "" : value;
    }

    private char next() {
        if (at >= text.length()) {
            throw new IllegalArgumentException("a ${ is not closed: } is missing");
        }
        return text.charAt(at++);
    }

    private static IllegalArgumentException unknown(String operator) {
        return new IllegalArgumentException("${name" + operator + "...} is no substitution that Docker knows");
    }
}
