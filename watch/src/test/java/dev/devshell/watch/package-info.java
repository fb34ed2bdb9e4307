/** Tests of the loops, on a session without containers. */
@org.jspecify.annotations.NullMarked
package dev.devshell.watch;
