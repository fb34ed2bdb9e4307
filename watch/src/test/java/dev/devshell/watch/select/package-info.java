/** Tests of what is chosen after a change. */
@org.jspecify.annotations.NullMarked
package dev.devshell.watch.select;
