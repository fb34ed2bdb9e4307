/**
 * What goes wrong, on purpose: every place where state changes hands is counted, and at one of them a test lets a disk fail, or the world stop as it does for a
 * process that is killed.
 */
@NullMarked
package dev.devshell.fault;

import org.jspecify.annotations.NullMarked;
