package dev.devshell.dockerfile;

/**
 * A container path that something other than the host fills: a here-document, a download, another stage.
 *
 * @param order position among the mappings: those before it lose the path
 * @param line of the instruction
 */
public record Taken(String target, int order, int line) {
    /** Tells whether the path is, or lies below, this one. */
    public boolean covers(String path) {
        return path.equals(target) || path.startsWith(target + "/");
    }
}
