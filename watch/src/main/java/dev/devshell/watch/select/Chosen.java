package dev.devshell.watch.select;

/**
 * A class whose tests are run.
 *
 * @param detail which class it stands on, or which service it uses; may be empty
 */
public record Chosen(String test, Reason reason, String detail) {
    /** Returns why, as a person reads it. */
    public String why() {
        return (reason.words() + " " + detail).strip();
    }
}
