package dev.devshell.differ;

import dev.devshell.sync.core.Node;

/**
 * What was seen at a path.
 *
 * @param since when the inode last changed, in milliseconds of the epoch
 * @param head the beginning of a file's content, for people; empty for what is no file
 */
record Standing(Node node, long since, String head) {}
