/**
 * Lets a running project and Testcontainers know each other: a service as the target of wait strategies, a project as something that
 * {@code @Testcontainers} starts, and a project's network for other containers.
 *
 * <p>Nothing here starts Testcontainers' own client or Ryuk.
 */
@NullMarked
package dev.devshell.testcontainers;

import org.jspecify.annotations.NullMarked;
