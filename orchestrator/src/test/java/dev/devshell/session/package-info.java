/** Tests of a project's life, with fakes of what it stands on. */
@NullMarked
package dev.devshell.session;

import org.jspecify.annotations.NullMarked;
