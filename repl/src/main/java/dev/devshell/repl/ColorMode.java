package dev.devshell.repl;

import java.util.Map;

/** When output is coloured. */
enum ColorMode {
    AUTO,
    ALWAYS,
    NEVER;

    /** Decides for one stream: asked for, else on a terminal that can, unless {@code NO_COLOR} or {@code CI} says no. */
    boolean coloured(boolean terminal, Map<String, String> env) {
        return switch (this) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO ->
                terminal
                        && env.getOrDefault("NO_COLOR", "").isEmpty()
                        && env.getOrDefault("CI", "").isEmpty()
                        && !"dumb".equals(env.getOrDefault("TERM", "dumb"));
        };
    }
}
