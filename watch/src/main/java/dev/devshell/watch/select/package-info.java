/** Chooses which tests to run after a change, and says why. Pure: no file, no clock, no thread. */
@org.jspecify.annotations.NullMarked
package dev.devshell.watch.select;
