/**
 * Says what maps where: which host path is which container path, in both directions, and what stays out.
 *
 * <p>Pure. Built by whoever knows the Dockerfile, the Compose file and the container; read by everything that syncs.
 */
@NullMarked
package dev.devshell.sync.plan;

import org.jspecify.annotations.NullMarked;
