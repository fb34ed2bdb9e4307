package dev.devshell.dockerfile;

import java.util.ArrayList;
import java.util.List;

/** Takes the words that begin with {@code --} off the front of an instruction's arguments; their quotes and escapes go. */
final class FlagScanner {
    private final String text;
    private final List<String> flags = new ArrayList<>();
    private int at;

    FlagScanner(String text) {
        this.text = text;
        scan();
    }

    List<String> flags() {
        return flags;
    }

    String rest() {
        return text.substring(at);
    }

    private void scan() {
        while (true) {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            if (!text.startsWith("--", at)) {
                return;
            }
            String word = word();
            if (word.equals("--")) {
                return;
            }
            flags.add(word);
        }
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        char quote = 0;
        while (at < text.length() && (quote != 0 || !Character.isWhitespace(text.charAt(at)))) {
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                word.append(text.charAt(at++));
            } else if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c != '\\') {
                word.append(c);
            }
        }
        return word.toString();
    }
}
