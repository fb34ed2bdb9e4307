package dev.devshell.dockerfile;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A here-document as a word announces it: {@code <<EOF}, {@code <<-"EOF"}.
 *
 * @param chomp whether tabs before its lines, and before its end, do not count
 */
record Heredoc(String name, boolean chomp) {
    private static final Pattern WORD = Pattern.compile("\\d*<<(-?)\\s*([^<]*)");

    static Optional<Heredoc> of(String word) {
        Matcher matcher = WORD.matcher(word);
        if (!matcher.matches() || matcher.group(2).isEmpty()) {
            return Optional.empty();
        }
        List<String> names = Words.quoted(matcher.group(2), '\\');
        return names.size() == 1
                ? Optional.of(
                        new Heredoc(unquoted(names.get(0)), !matcher.group(1).isEmpty()))
                : Optional.empty();
    }

    boolean endsAt(String line) {
        int from = 0;
        while (chomp && from < line.length() && line.charAt(from) == '\t') {
            from++;
        }
        return line.substring(from).equals(name);
    }

    private static String unquoted(String word) {
        return word.replaceAll("[\"']", "");
    }
}
