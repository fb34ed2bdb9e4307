package dev.devshell.sync.host;

import java.nio.file.Path;

/** Where the content of a file to be written is. */
public sealed interface HostContent {
    /** Not needed: the target is no file, or has the bytes that are there already. */
    record None() implements HostContent {}

    /** In memory. */
    @SuppressWarnings("ArrayRecordComponent") // identity of the content is the target's digest
    record Bytes(byte[] bytes) implements HostContent {}

    /**
     * In a file of ours, which is consumed by the write; a rename when it is on the tree's file system. Whoever staged it
     * vouches for its digest.
     */
    record Staged(Path file) implements HostContent {}

    static HostContent none() {
        return new None();
    }

    static HostContent of(byte[] bytes) {
        return new Bytes(bytes);
    }
}
