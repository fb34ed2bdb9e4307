package dev.devshell.dockerfile;

import java.util.List;

/**
 * One instruction as it stands in the file.
 *
 * @param keyword in lower case
 * @param flags the {@code --name=value} words before its arguments, without quotes
 * @param arguments what follows them
 * @param text the instruction as one line, continuations joined
 * @param line on which it begins, from 1
 */
record Statement(String keyword, List<String> flags, String arguments, String text, int line, char escape) {
    Statement at(int otherLine) {
        return new Statement(keyword, flags, arguments, text, otherLine, escape);
    }
}
