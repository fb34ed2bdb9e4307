/**
 * Measures the sync beside its peers: what they do is looked at from the host, through {@code /proc/PID/root} of the container, so that one
 * clock times both ends and nothing runs in the container for it.
 */
@NullMarked
package dev.devshell.bench;

import org.jspecify.annotations.NullMarked;
