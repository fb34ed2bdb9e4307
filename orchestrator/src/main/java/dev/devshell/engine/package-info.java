/**
 * Talks to the container engine: finds a project's containers by their labels, looks into them, puts files there, follows
 * what happens to them, and runs commands in them over a stream of bytes.
 *
 * <p>Control calls go over HTTP (docker-java's transport) and are read as JSON here; the streams of an exec have two
 * implementations behind {@link dev.devshell.engine.ExecStream}, chosen by the engine's address.
 */
@NullMarked
package dev.devshell.engine;

import org.jspecify.annotations.NullMarked;
