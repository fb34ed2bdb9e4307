/** Tests of the extension: its logic against a project that needs no engine, its promises against real ones. */
@NullMarked
package dev.devshell.junit;

import org.jspecify.annotations.NullMarked;
