package dev.devshell.ignore;

/**
 * What a list of rules says of one path.
 *
 * @param ignored whether the path does not exist for the sync
 * @param descend for a directory, whether anything below it may not be ignored; false for what is no directory
 * @param rule index of the rule that decided, -1 when none matched
 */
public record Verdict(boolean ignored, boolean descend, int rule) {
    /** Of the root itself, which no rule can ignore. */
    public static final Verdict ROOT = new Verdict(false, true, -1);
}
