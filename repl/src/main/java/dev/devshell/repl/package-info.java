/** The command line and the shell: picocli commands over the orchestrator, JLine for reading. */
@NullMarked
package dev.devshell.repl;

import org.jspecify.annotations.NullMarked;
