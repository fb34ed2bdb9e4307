/**
 * Decides what the sync does with a path, given what was agreed, what the host has and what the replica has.
 *
 * <p>Pure: values in, values out; no file, no clock, no thread.
 */
@NullMarked
package dev.devshell.sync.core;

import org.jspecify.annotations.NullMarked;
