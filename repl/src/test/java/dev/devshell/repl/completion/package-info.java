/** Tests of what can be typed next. */
@NullMarked
package dev.devshell.repl.completion;

import org.jspecify.annotations.NullMarked;
