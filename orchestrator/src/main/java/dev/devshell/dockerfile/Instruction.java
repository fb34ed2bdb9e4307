package dev.devshell.dockerfile;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An instruction taken apart, its variables not yet filled in. */
sealed interface Instruction {
    Statement at();

    /**
     * {@code FROM}.
     *
     * @param name of the stage in lower case, {@code ""} for none
     */
    record From(Statement at, String base, String name) implements Instruction {}

    /** A name and a value; only {@code ARG} may leave the value out. */
    record Binding(String name, @Nullable String value) {}

    record Arg(Statement at, List<Binding> bindings) implements Instruction {}

    record Env(Statement at, List<Binding> bindings) implements Instruction {}

    record Workdir(Statement at, String path) implements Instruction {}

    /**
     * {@code COPY} or {@code ADD}.
     *
     * @param heredocs names of the here-documents among its sources
     * @param flags by name; boolean ones hold {@code true} or {@code false}
     */
    record Copy(
            Statement at,
            boolean add,
            List<String> sources,
            List<String> heredocs,
            String target,
            Map<String, String> flags,
            List<String> excludes)
            implements Instruction {
        boolean is(String flag) {
            return "true".equals(flags.get(flag));
        }
    }

    /**
     * {@code RUN}.
     *
     * @param mounts options of each {@code --mount}
     */
    record Run(Statement at, List<Map<String, String>> mounts) implements Instruction {}

    record Onbuild(Statement at, String trigger) implements Instruction {}

    /** One that has no say in what maps where. */
    record Other(Statement at) implements Instruction {}
}
