/**
 * A page on this machine that shows a running session and takes what the command line would take: a server on the loopback
 * interface, what is told to the browsers that listen, and the files that the browser runs.
 *
 * <p>Whatever a container says is untrusted here: it becomes text, without what drives a terminal, and never markup.
 */
@NullMarked
package dev.devshell.page;

import org.jspecify.annotations.NullMarked;
