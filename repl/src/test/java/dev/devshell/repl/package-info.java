/** Tests of the command line, with fakes and with real containers. */
@NullMarked
package dev.devshell.repl;

import org.jspecify.annotations.NullMarked;
