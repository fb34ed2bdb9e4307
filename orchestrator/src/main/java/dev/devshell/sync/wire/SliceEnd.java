package dev.devshell.sync.wire;

/** Says what follows a slice of content. */
public enum SliceEnd {
    /** More slices under the same id. */
    MORE,
    /** Nothing: the content is complete with this slice. */
    LAST,
    /** Nothing: the sender could not go on, for example because the file changed meanwhile. */
    GIVEN_UP
}
