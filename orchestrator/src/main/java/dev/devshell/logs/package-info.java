/**
 * What containers wrote: read from the engine in the order of time, followed through restarts and recreation without a gap or a twin, kept in
 * bounds for when the engine no longer has it, and the level of a line read off its format.
 */
@NullMarked
package dev.devshell.logs;

import org.jspecify.annotations.NullMarked;
