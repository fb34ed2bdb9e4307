package dev.devshell.page;

/** What stands at a path. */
public sealed interface Contents {
    /** A file; only the beginning of one that is larger than was asked for. */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record File(byte[] bytes, long size) implements Contents {}

    record Link(String target) implements Contents {}

    record Directory() implements Contents {}

    /** Nothing. */
    record Absent() implements Contents {}

    /** Something else, or something that cannot be read. */
    record Unreadable(String why) implements Contents {}
}
