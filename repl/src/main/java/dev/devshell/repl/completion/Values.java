package dev.devshell.repl.completion;

import java.util.List;
import org.jline.reader.Candidate;

/** Knows what may stand where a command wants a value. */
@FunctionalInterface
public interface Values {
    /** Returns what may be meant, whether or not it begins with what was typed; nothing for a label that it does not know. */
    List<Candidate> of(Asked asked);

    /**
     * A place where a value is being typed.
     *
     * @param label of the value as the help shows it, such as {@code SERVICE}
     * @param word as far as it was typed
     * @param before the command's earlier values, without its options
     */
    record Asked(String label, String word, List<String> before) {
        public Asked {
            before = List.copyOf(before);
        }
    }
}
