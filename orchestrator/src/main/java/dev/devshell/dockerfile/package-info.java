/**
 * From a Dockerfile's text to what maps where: which host path lies at which container path, and because of which line.
 *
 * <p>Reads the stage that is built, and the stages it is {@code FROM}, the way BuildKit reads them. Pure: the file
 * system is asked through {@link dev.devshell.dockerfile.SourceTree} (of which {@link
 * dev.devshell.dockerfile.DirectoryTree} is the real one), images through {@link dev.devshell.dockerfile.BaseImages}.
 * {@code docs/mappings.md} says what is mapped and what is left out.
 */
@NullMarked
package dev.devshell.dockerfile;

import org.jspecify.annotations.NullMarked;
