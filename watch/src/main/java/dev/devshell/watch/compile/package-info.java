/**
 * Compiles what has changed, and what depends on it, in this process; reads class files to know what that is. Writes class files
 * only when everything compiles.
 */
@org.jspecify.annotations.NullMarked
package dev.devshell.watch.compile;
