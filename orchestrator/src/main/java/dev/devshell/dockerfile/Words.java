package dev.devshell.dockerfile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Splits an instruction's arguments into words, in the ways that instructions do. */
final class Words {
    private static final Pattern BLANKS = Pattern.compile("[\\t\\x0B\\f\\r ]+");
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Words() {}

    /** At blanks alone: quotes do not hold words together. */
    static List<String> blankSeparated(String text) {
        return text.isEmpty() ? List.of() : List.of(BLANKS.split(text, -1));
    }

    /** The first word and the rest; the rest is null where there is none. */
    static String[] first(String text) {
        return BLANKS.split(text, 2);
    }

    /**
     * Words of a JSON array, or nothing where the text is none: then it is not meant as one.
     *
     * @throws IllegalArgumentException when it is an array of something other than strings
     */
    static Optional<List<String>> json(String text) {
        if (!text.startsWith("[")) {
            return Optional.empty();
        }
        try {
            JsonNode array = JSON.readTree(text);
            List<String> words = new ArrayList<>();
            for (JsonNode word : array) {
                if (!word.isTextual()) {
                    throw new IllegalArgumentException("a JSON array may hold strings only");
                }
                words.add(word.textValue());
            }
            return Optional.of(words);
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }

    /** At blanks outside quotes; quotes and escapes stay in the words. */
    static List<String> quoted(String text, char escape) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        boolean quotedOnce = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == 0 && Character.isWhitespace(c)) {
                add(words, word, quotedOnce);
                quotedOnce = false;
            } else if (c == escape && quote != '\'') {
                if (i + 1 < text.length()) {
                    word.append(c).append(text.charAt(++i));
                }
            } else {
                if (quote == 0 && (c == '"' || c == '\'')) {
                    quote = c;
                    quotedOnce = true;
                } else if (c == quote) {
                    quote = 0;
                }
                word.append(c);
            }
        }
        add(words, word, quotedOnce);
        return words;
    }

    private static void add(List<String> words, StringBuilder word, boolean quotedOnce) {
        if (quotedOnce || !word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    /** Words of an instruction that takes JSON or blank-separated words. */
    static List<String> jsonOrBlankSeparated(String text) {
        return json(text).orElseGet(() -> blankSeparated(text));
    }
}
