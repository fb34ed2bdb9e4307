/**
 * Keeps every version that the sync replaced or deleted, so that nothing is lost (rule 1).
 *
 * <p>Contents are files named by their SHA-256, written under another name and renamed, so each is whole or not there, and
 * the same content is kept once. What they were is a line of JSON each in a log that is only appended to; a last line that
 * was torn is cut off at the next start. All of it survives a killed process. It is not synced to the disk version by version,
 * so a power loss may take the last seconds of it, as it may take what they replaced.
 */
@NullMarked
package dev.devshell.sync.history;

import org.jspecify.annotations.NullMarked;
