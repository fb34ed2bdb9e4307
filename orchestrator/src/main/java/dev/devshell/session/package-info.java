/**
 * A project's life: boot, attach of its replicas, the control socket, shutdown.
 *
 * <p>{@link dev.devshell.session.ProjectSession} owns a running project in this process; {@link
 * dev.devshell.session.SessionClient} speaks to the process that does, over a Unix domain socket that only the user can reach.
 */
@NullMarked
package dev.devshell.session;

import org.jspecify.annotations.NullMarked;
