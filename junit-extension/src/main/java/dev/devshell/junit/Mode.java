package dev.devshell.junit;

/** Which session of a project the tests run against. */
public enum Mode {
    /** The live one; where there is none, one that is booted here and taken down at the end. */
    AUTO,
    /** The live one; without one, the tests fail. */
    ATTACH,
    /** A copy of the project of its own name, with ports that the engine chooses; removed at the end. */
    FRESH
}
