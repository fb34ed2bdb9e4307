/**
 * Runs tests in a JVM of its own, on the user's test class path and JUnit, and tells what happens over a socket. Knows nothing
 * but Java and the JUnit Platform, 1.10 or later: whatever else is on the class path is the user's.
 */
@org.jspecify.annotations.NullMarked
package dev.devshell.watch.worker;
