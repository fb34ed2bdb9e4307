package dev.devshell.bench;

/**
 * One program's result in one scenario.
 *
 * @param note instead of times, or beside them; may be empty
 */
record Row(String scenario, String program, Sample sample, String note) {}
