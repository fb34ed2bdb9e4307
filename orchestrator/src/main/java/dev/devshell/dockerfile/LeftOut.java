package dev.devshell.dockerfile;

/**
 * A source of a {@code COPY} or {@code ADD} that is not synced.
 *
 * @param line of the instruction
 * @param instruction the instruction as one line
 * @param source the source as written
 * @param reason why, as a clause: "ADD unpacks it"
 */
public record LeftOut(int line, String instruction, String source, String reason) {}
