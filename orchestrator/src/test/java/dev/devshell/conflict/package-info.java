@org.jspecify.annotations.NullMarked
package dev.devshell.conflict;
