/**
 * Which paths the sync leaves alone, read from {@code .dockerignore} and gitignore files.
 *
 * <p>Both syntaxes compile to one canonical rule form ({@link dev.devshell.ignore.IgnoreRule}), which also travels to
 * the agent; {@code docs/mappings.md} defines how it matches, and {@code agent/testdata/ignore.json} holds both ends to
 * it. Pure: text in, verdicts out.
 */
@NullMarked
package dev.devshell.ignore;

import org.jspecify.annotations.NullMarked;
