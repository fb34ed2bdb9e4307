/** Testcontainers on a real project, with the real engine. */
@NullMarked
package dev.devshell.testcontainers;

import org.jspecify.annotations.NullMarked;
