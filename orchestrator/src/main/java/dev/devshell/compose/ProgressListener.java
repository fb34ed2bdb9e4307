package dev.devshell.compose;

/** Is told what Compose and its builds print while they work, as plain lines; from more than one thread. */
@FunctionalInterface
public interface ProgressListener {
    /** Takes one line, without colours or cursor movements. */
    void line(String line);

    /** One that does not want to know. */
    static ProgressListener silent() {
        return line -> {};
    }
}
