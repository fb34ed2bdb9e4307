/** Tests of class files and what is compiled. */
@org.jspecify.annotations.NullMarked
package dev.devshell.watch.compile;
