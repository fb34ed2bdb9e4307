package dev.devshell.engine;

/** A path that differs in a container from its image. */
public record FileChange(Kind kind, String path) {
    /** How it differs. */
    public enum Kind {
        MODIFIED,
        ADDED,
        DELETED;

        static Kind of(int code) {
            return switch (code) {
                case 0 -> MODIFIED;
                case 1 -> ADDED;
                case 2 -> DELETED;
                default -> throw new IllegalArgumentException("a change is of kind 0 to 2, but was: " + code);
            };
        }
    }
}
