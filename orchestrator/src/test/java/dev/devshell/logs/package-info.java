/** Tests of what reads, follows and keeps logs. */
@NullMarked
package dev.devshell.logs;

import org.jspecify.annotations.NullMarked;
