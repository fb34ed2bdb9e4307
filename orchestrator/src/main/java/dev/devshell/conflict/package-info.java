/**
 * Both versions of a conflict as they stand on the host and in the container, and how their lines differ: what a person needs to decide.
 *
 * <p>Knows sessions and the engine by their interfaces; shows nothing.
 */
@NullMarked
package dev.devshell.conflict;

import org.jspecify.annotations.NullMarked;
