/** Tests of what a build tool says. */
@org.jspecify.annotations.NullMarked
package dev.devshell.watch.build;
