package dev.devshell.junit;

/**
 * How a command in a container ended.
 *
 * @param out its standard output, as UTF-8
 * @param err its standard error, as UTF-8
 */
public record ExecResult(int exitCode, String out, String err) {
    /** Returns whether it ended with 0. */
    public boolean ok() {
        return exitCode == 0;
    }
}
