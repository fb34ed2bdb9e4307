package dev.devshell.sync.history;

/**
 * A version in the history.
 *
 * @param id names it, for people to type
 * @param size of its content in bytes; 0 for what is not a file
 */
public record HistoryEntry(String id, HistoryItem item, long size) {}
