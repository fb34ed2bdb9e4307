/**
 * What stands on a terminal around the line that is being typed: lines above it, the status below it.
 *
 * <p>Everything here has one writer and a bound: whatever containers print, typing stays quick and memory stays small.
 */
@NullMarked
package dev.devshell.repl.screen;

import org.jspecify.annotations.NullMarked;
