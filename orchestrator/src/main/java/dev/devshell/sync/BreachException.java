package dev.devshell.sync;

/** The agent said what no agent says. Nothing more is taken from it. */
final class BreachException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BreachException(String message) {
        super(message);
    }
}
