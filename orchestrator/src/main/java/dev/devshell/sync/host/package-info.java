/**
 * Watches, reads and writes the tree that the developer edits.
 *
 * <p>A {@link dev.devshell.sync.host.HostTree} is one directory with everything below it: a snapshot of what stands
 * where, kept current by the operating system's events, and a writer that replaces nothing it was not told to replace.
 * Whatever happens in the tree happens on its one thread, in order. Nothing here follows a symbolic link below the root.
 * The system calls behind it are in {@link dev.devshell.sync.host.Dir} and {@link dev.devshell.sync.host.Watcher}, each
 * with an implementation for Linux and one that any Java platform can run.
 */
@NullMarked
package dev.devshell.sync.host;

import org.jspecify.annotations.NullMarked;
