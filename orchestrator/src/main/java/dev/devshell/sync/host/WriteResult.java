package dev.devshell.sync.host;

/** What became of a {@link HostWrite}. Everything but {@link Applied} left the path as it was. */
public sealed interface WriteResult {
    /** The target stands there, and the listeners know. */
    record Applied(HostEntry now) implements WriteResult {}

    /** Something else than expected stands there; the listeners know. Decide anew. */
    record Mismatch(HostEntry found) implements WriteResult {}

    /** The directory to be deleted or replaced holds something, be it only ignored files. */
    record NotEmpty() implements WriteResult {}

    /** It could not be done. */
    record Failed(Code code, String message) implements WriteResult {}

    /** Why a write failed. */
    enum Code {
        NO_SPACE,
        READ_ONLY,
        DENIED,
        /** A symbolic link stands where a parent directory should. */
        LINK_IN_PATH,
        /** A file or something else that is no directory stands where a parent directory should. */
        PARENT,
        /** The link to be created is absolute or leads out of the root. */
        LINK_TARGET,
        /** The path is protected or ignored. */
        PROTECTED,
        /** The path is none, or a name in it is one that the file system cannot hold. */
        NAME,
        /** The old version could not be kept, so nothing was touched. */
        NOT_KEPT,
        IO
    }
}
