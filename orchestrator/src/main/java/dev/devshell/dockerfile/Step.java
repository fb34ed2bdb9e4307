package dev.devshell.dockerfile;

import java.util.List;
import java.util.Map;

/** What a build did that matters for rebuild triggers, in order. */
sealed interface Step {
    Statement at();

    /** Files came from a context. */
    record Copied(Statement at, List<Mapping> mappings) implements Step {}

    /** A command ran. */
    record Ran(Statement at, List<Map<String, String>> mounts) implements Step {}
}
