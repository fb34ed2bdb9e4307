package dev.devshell.differ;

import java.util.Locale;

/** Who does something, and where something stands. */
enum Side {
    HOST,
    CONTAINER;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
