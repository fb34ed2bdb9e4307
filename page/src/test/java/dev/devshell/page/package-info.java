@org.jspecify.annotations.NullMarked
package dev.devshell.page;
