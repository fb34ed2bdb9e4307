/**
 * What can be typed next, read off the definition of the commands.
 *
 * <p>Knows picocli's model and JLine's candidates, and nothing of devshell's commands: what a value may be is asked of {@link
 * dev.devshell.repl.completion.Values} by the label that the command's help shows for it.
 */
@NullMarked
package dev.devshell.repl.completion;

import org.jspecify.annotations.NullMarked;
