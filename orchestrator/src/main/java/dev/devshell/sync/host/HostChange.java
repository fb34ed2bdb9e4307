package dev.devshell.sync.host;

import org.jspecify.annotations.Nullable;

/**
 * Something else stands at a path than before.
 *
 * @param path relative to the root, separated by {@code /}
 * @param entry what is there now
 * @param content the file's bytes where they are at hand; never to be modified. Otherwise {@link HostTree#read}
 */
@SuppressWarnings("ArrayRecordComponent") // identity of the content is the entry's digest
public record HostChange(String path, HostEntry entry, byte @Nullable [] content) {
    /** Files up to this size come with their content. */
    public static final int INLINE = 64 * 1024;
}
