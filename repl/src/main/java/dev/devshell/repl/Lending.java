package dev.devshell.repl;

import java.util.Optional;
import java.util.function.IntSupplier;
import org.jline.terminal.Terminal;

/** Gives the terminal to a child for as long as it runs. */
@FunctionalInterface
interface Lending {
    /** Where nobody else writes to the terminal, there is nothing to be held back. */
    Lending PLAIN = IntSupplier::getAsInt;

    /** Returns what the child returns. */
    int lend(IntSupplier child);

    /** Returns the terminal, where this process reads lines from it: it can be opened only once. */
    default Optional<Terminal> opened() {
        return Optional.empty();
    }
}
