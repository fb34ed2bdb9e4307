package dev.devshell.sync.host;

/**
 * What the file system says of a path without reading it: while it stays the same, so did the content.
 *
 * @param mode permission bits (07777)
 */
record Stat(Kind kind, int mode, long size, long mtime, long ctime, long inode, int uid, int gid, int links) {
    enum Kind {
        FILE,
        DIRECTORY,
        LINK,
        OTHER
    }

    /** Whether anybody may execute it, which is what the protocol means by executable. */
    boolean executable() {
        return executable(mode);
    }

    static boolean executable(int mode) {
        return (mode & 0111) != 0;
    }

    /** Whether this is the same version of the same file: a rename changes nothing but ctime. */
    boolean sameVersion(Stat other) {
        return kind == other.kind && inode == other.inode && size == other.size && mtime == other.mtime;
    }
}
