package dev.devshell.logs;

/** How much a line matters, the most first. */
public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG;

    /** Returns whether whoever asks for lines of the other level wants this one too. */
    public boolean atLeast(LogLevel other) {
        return compareTo(other) <= 0;
    }
}
