package dev.devshell.repl;

import java.util.List;

/** Words of a command that is passed on. */
final class Words {
    private Words() {}

    /** Drops a leading {@code --}, which ends devshell's own options. */
    static List<String> afterDashes(List<String> words) {
        return words.size() > 1 && words.get(0).equals("--") ? words.subList(1, words.size()) : words;
    }
}
