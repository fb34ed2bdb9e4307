/** What the build tool knows of a project: directories, class path, compiler options. Asked once, and again when its files change. */
@org.jspecify.annotations.NullMarked
package dev.devshell.watch.build;
