package dev.devshell.sync.host;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Takes what a write is about to replace or delete; when it throws, the write does not happen (rule 1). */
@FunctionalInterface
public interface Keeper {
    /**
     * Keeps a version; called on the tree's thread, before the version can be lost.
     *
     * @param label of the write
     * @throws IOException when it could not be kept, no space being the likely reason
     */
    void keep(String path, HostEntry old, OldContent content, Reason reason, @Nullable Object label) throws IOException;

    /** The bytes of the old version; none for what is not a file. Valid during the call only. */
    @FunctionalInterface
    interface OldContent {
        InputStream open() throws IOException;
    }

    /** Why a version goes. */
    enum Reason {
        REPLACED,
        DELETED,
        /** It slipped in between the last look and the write, or was left by a write that a crash cut short. */
        RACED
    }
}
