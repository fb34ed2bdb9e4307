package dev.devshell.repl;

import java.util.function.IntSupplier;

/** Gives the terminal to a child for as long as it runs. */
@FunctionalInterface
interface Lending {
    /** Where nobody else writes to the terminal, there is nothing to be held back. */
    Lending PLAIN = IntSupplier::getAsInt;

    /** Returns what the child returns. */
    int lend(IntSupplier child);
}
