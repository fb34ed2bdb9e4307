package dev.devshell.engine;

import java.util.Locale;

/** What a container's health check says. */
public enum Health {
    /** There is no health check. */
    NONE,
    STARTING,
    HEALTHY,
    UNHEALTHY;

    static Health of(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "starting" -> STARTING;
            case "healthy" -> HEALTHY;
            case "unhealthy" -> UNHEALTHY;
            default -> NONE;
        };
    }
}
