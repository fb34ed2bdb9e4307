/**
 * Runs JUnit tests against the containers of a Compose project while edits stream in: {@link dev.devshell.junit.ContainerDev} boots
 * the project once or attaches to it, and before each test stands the barrier.
 *
 * <p>Compiled against Jupiter 5.10; nothing of a later version is named. Testcontainers is not known here.
 */
@NullMarked
package dev.devshell.junit;

import org.jspecify.annotations.NullMarked;
