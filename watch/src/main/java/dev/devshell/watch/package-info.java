/**
 * Runs something again when changes have landed: a command in a container. The loop knows a session and whoever runs the
 * command; it knows no terminal.
 */
@org.jspecify.annotations.NullMarked
package dev.devshell.watch;
