package dev.devshell.watch.compile;

/**
 * Why something does not compile.
 *
 * @param file empty where it is about none
 * @param line 0 where it is about none
 * @param message what the compiler said, without the place
 */
public record Problem(String file, long line, long column, String message) {}
