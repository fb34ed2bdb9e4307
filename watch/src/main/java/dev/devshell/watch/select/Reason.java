package dev.devshell.watch.select;

/** Why a test is run; what comes first is run first. */
public enum Reason {
    FAILED("failed last time"),
    EDITED("edited"),
    /** It is not known how it goes: it was never run, or its last run was cancelled. */
    UNKNOWN("not run yet"),
    STANDS_ON("on"),
    SERVICE("using"),
    ALL("");

    private final String words;

    Reason(String words) {
        this.words = words;
    }

    /** Returns it as a person reads it. */
    public String words() {
        return words;
    }
}
