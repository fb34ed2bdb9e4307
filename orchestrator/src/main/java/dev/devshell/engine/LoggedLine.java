package dev.devshell.engine;

import java.time.Instant;

/**
 * A line that a container wrote.
 *
 * @param time at which the engine took it
 * @param text without its line end
 */
public record LoggedLine(Instant time, String text) {}
