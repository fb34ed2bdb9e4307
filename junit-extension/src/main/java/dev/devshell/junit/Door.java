package dev.devshell.junit;

/** Opens projects; where tests of the extension put a project that needs no engine. */
@FunctionalInterface
interface Door {
    /** Attaches to a project's session or begins one; nothing is booted yet. */
    OpenProject open(ProjectKey key);
}
