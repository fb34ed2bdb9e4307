package dev.devshell.compose;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A rule of {@code develop.watch}, as the Compose specification words it.
 *
 * @param path absolute, a file or a directory
 * @param target in the container; empty for the actions that copy nothing
 * @param exec of {@code sync+exec}; without a command for the others
 */
public record WatchRule(
        Action action,
        Path path,
        Optional<String> target,
        List<String> ignore,
        List<String> include,
        boolean initialSync,
        Exec exec) {
    public WatchRule {
        ignore = List.copyOf(ignore);
        include = List.copyOf(include);
    }

    /** What a change under the path leads to. */
    public enum Action {
        SYNC("sync"),
        REBUILD("rebuild"),
        RESTART("restart"),
        SYNC_RESTART("sync+restart"),
        SYNC_EXEC("sync+exec");

        private final String word;

        Action(String word) {
            this.word = word;
        }

        /** Returns the specification's word for it. */
        public String word() {
            return word;
        }

        /** Returns whether it copies files into the container. */
        public boolean syncs() {
            return this == SYNC || this == SYNC_RESTART || this == SYNC_EXEC;
        }
    }

    /**
     * A command to run in the service's containers.
     *
     * @param user empty is the container's own
     * @param workingDir empty is the container's own
     */
    public record Exec(List<String> command, String user, String workingDir, Map<String, String> env) {
        /** Runs nothing. */
        public static final Exec NONE = new Exec(List.of(), "", "", Map.of());

        public Exec {
            command = List.copyOf(command);
            env = Map.copyOf(env);
        }
    }
}
