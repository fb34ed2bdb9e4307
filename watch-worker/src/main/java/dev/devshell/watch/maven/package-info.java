/** Runs inside Maven while it compiles a project, and writes down what Maven knows of it: directories, class path, options. */
@org.jspecify.annotations.NullMarked
package dev.devshell.watch.maven;
