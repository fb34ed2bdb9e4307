/**
 * Runs {@code docker compose} and reads what it says: the model of a project, its life cycle, its errors as what, why and next.
 *
 * <p>Compose itself does the merging, interpolation, building and ordering; nothing of that is repeated here. Programs are started
 * with lists of arguments, never through a shell, and end when the thread that waits for them is interrupted.
 */
@NullMarked
package dev.devshell.compose;

import org.jspecify.annotations.NullMarked;
