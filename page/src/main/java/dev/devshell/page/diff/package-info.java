/** Two versions of a text side by side. Pure: no I/O, no clock, no thread. */
@NullMarked
package dev.devshell.page.diff;

import org.jspecify.annotations.NullMarked;
