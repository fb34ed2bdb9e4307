/**
 * Keeps every version that the sync replaced or deleted, so that nothing is lost (rule 1).
 *
 * <p>Versions with their contents are appended to segments, one write each; the same content is kept once, and a large one in
 * a file of its own. A last version that was torn by a crash is cut off at the next start. The oldest are dropped when they
 * are beyond what is retained. All of it survives a killed process. It is not synced to the disk version by version, so a
 * power loss may take the last seconds of it, as it may take what they replaced.
 */
@NullMarked
package dev.devshell.sync.history;

import org.jspecify.annotations.NullMarked;
