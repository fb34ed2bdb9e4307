/** Tests of what stands around the prompt. */
@NullMarked
package dev.devshell.repl.screen;

import org.jspecify.annotations.NullMarked;
