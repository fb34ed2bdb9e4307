/**
 * Large contents: their blocks, how they are hashed side by side, and what of one stands in another.
 *
 * <p>A room of its own because the host's tree, the history and the replica's session all read large contents, and each has to come to the same digest.
 */
@NullMarked
package dev.devshell.sync.content;

import org.jspecify.annotations.NullMarked;
