package dev.devshell.dockerfile;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A pattern inside {@code ${}}: {@code *} is any run of characters, {@code ?} any one; there are no classes. */
final class ShellPattern {
    private final Pattern regex;

    /** @throws IllegalArgumentException when it escapes what needs no escape */
    ShellPattern(String pattern) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '*') {
                text.append(".*");
            } else if (c == '?') {
                text.append('.');
            } else if (c == '\\') {
                i++;
                text.append(Pattern.quote(escaped(pattern, i)));
            } else {
                text.append(Pattern.quote(String.valueOf(c)));
            }
        }
        regex = Pattern.compile(text.toString(), Pattern.UNIX_LINES);
    }

    private static String escaped(String pattern, int at) {
        String c = at < pattern.length() ? pattern.substring(at, at + 1) : "";
        if (c.isEmpty() || "*?\\}/".indexOf(c) < 0) {
            throw new IllegalArgumentException("\\" + c + " is no escape that a pattern knows");
        }
        return c;
    }

    String withoutPrefix(String value, boolean longest) {
        for (int i = 0; i <= value.length(); i++) {
            int end = longest ? value.length() - i : i;
            if (regex.matcher(value.substring(0, end)).matches()) {
                return value.substring(end);
            }
        }
        return value;
    }

    String withoutSuffix(String value, boolean longest) {
        for (int i = 0; i <= value.length(); i++) {
            int begin = longest ? i : value.length() - i;
            if (regex.matcher(value.substring(begin)).matches()) {
                return value.substring(0, begin);
            }
        }
        return value;
    }

    /** An empty match right behind another one does not count, as in Go. */
    String replace(String value, String replacement, boolean all) {
        Matcher matcher = regex.matcher(value);
        StringBuilder result = new StringBuilder();
        int copied = 0;
        boolean found = false;
        while ((all || !found) && matcher.find()) {
            if (found && matcher.end() == matcher.start() && matcher.start() == copied) {
                continue;
            }
            result.append(value, copied, matcher.start()).append(replacement);
            copied = matcher.end();
            found = true;
        }
        return result.append(value.substring(copied)).toString();
    }
}
