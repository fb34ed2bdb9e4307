/**
 * Keeps one replica and the host equal: the agent's stream, the queue that everything reaches the ancestor through, and what is done with each decision.
 */
@NullMarked
package dev.devshell.sync;

import org.jspecify.annotations.NullMarked;
