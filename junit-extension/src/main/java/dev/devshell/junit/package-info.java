/** Runs JUnit tests against the containers of a Compose project while edits stream in; it is an empty room so far. */
@NullMarked
package dev.devshell.junit;

import org.jspecify.annotations.NullMarked;
